import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Finding } from '#schema/asset/digitize-report';
import { refuse } from '../refusal-error.ts';
import { chooseCaptions } from './choose-captions.ts';
import { chooseMain, kindNamed, refuseUsdzAlone } from './choose-main.ts';
import { chooseUsdz, isUsdz } from './choose-usdz.ts';
import { hashFile } from './hash-file.ts';
import { noteLeftOut } from './note-left-out.ts';
import { PACKAGE_LIMITS, type PackageFile, packageFiles } from './package-files.ts';
import { openSourceFile, type SourceFile } from './source-file.ts';
import { unpackArchive } from './unpack-archive.ts';

/** Local file header, or the end of a directory without entries. */
const ZIP_MAGICS = ['PK\u0003\u0004', 'PK\u0005\u0006'];

/**
 * Opens whatever was handed in: a file, a ZIP (unpacked into `unpackTo`) or a folder. Of an archive or
 * a folder it gives the scan's main file, with the hash of the whole; what a manifest must say about
 * it stands in `handedIn`. A folder's hash is that of its files' hashes and names, sorted, as
 * `sha256sum` lists them. Throws `RefusalError`.
 */
export async function openInput(
	path: string,
	unpackTo: string,
	signal?: AbortSignal,
): Promise<SourceFile> {
	const info = await stat(path).catch(() => undefined);
	if (info?.isDirectory()) return await openFolder(resolve(path), signal);
	const file = await openSourceFile(path, signal);
	if (file.extension === '.usdz') refuseUsdzAlone(file.name);
	const start = file.head.toString('latin1', 0, 4);
	if (file.extension !== '.zip' || !ZIP_MAGICS.includes(start)) return file;
	await unpackArchive(path, unpackTo, file.name, PACKAGE_LIMITS, signal);
	const { name, sizeBytes, sha256 } = file;
	const handedIn = { path, name, sizeBytes, sha256 };
	return await openPackage(unpackTo, filesIn(unpackTo, name), handedIn, signal);
}

async function openFolder(root: string, signal?: AbortSignal): Promise<SourceFile> {
	const name = basename(root);
	const files = filesIn(root, name);
	const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
	if (sizeBytes > PACKAGE_LIMITS.totalBytes) {
		refuse('archive-unsafe', `${name} holds more than 4 GB — hand in the scan's file by itself`);
	}
	chooseMain(files, name);
	const hash = createHash('sha256');
	for (const { path } of files) {
		const { sha256 } = await hashFile(join(root, path), signal);
		hash.update(`${sha256}  ${path}\n`);
	}
	const handedIn = { path: root, name, sizeBytes, sha256: hash.digest('hex') };
	return await openPackage(root, files, handedIn, signal);
}

function filesIn(root: string, name: string): PackageFile[] {
	const files = packageFiles(root, PACKAGE_LIMITS.entries);
	if (files !== undefined) return files;
	return refuse(
		'archive-unsafe',
		`${name} holds more than ${PACKAGE_LIMITS.entries} files — put only the scan and its textures into it`,
	);
}

async function openPackage(
	root: string,
	files: PackageFile[],
	handedIn: NonNullable<SourceFile['handedIn']>,
	signal?: AbortSignal,
): Promise<SourceFile> {
	const main = chooseMain(files, handedIn.name);
	const kind = kindNamed(main);
	const sha256 = kind === 'mesh' ? handedIn.sha256 : undefined;
	const file = await openSourceFile(join(root, main.path), signal, sha256);
	const isHeard = kind === 'audio' || kind === 'video';
	const captions = isHeard ? chooseCaptions(files, main) : [];
	const found = kind === 'mesh' ? chooseUsdz(files, main) : undefined;
	const usdz = found !== undefined && (await isUsdz(root, found)) ? found : undefined;
	const findings: Finding[] = noteLeftOut(files, kind, [
		main,
		...captions,
		...(found ? [found] : []),
	]);
	if (found !== usdz) findings.push({ code: 'usdz-left-out', level: 'warning', values: {} });
	return {
		...file,
		root,
		handedIn,
		findings,
		...(captions.length > 0 ? { captions: captions.map(({ path }) => join(root, path)) } : {}),
		...(usdz === undefined ? {} : { usdz: join(root, usdz.path) }),
	};
}

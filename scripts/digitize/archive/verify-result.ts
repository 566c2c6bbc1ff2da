import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type AssetManifest, assetManifest } from '#schema/asset/asset-manifest';
import { MANIFEST_FILE } from '../result-files.ts';
import { openImage } from '../texture/texture-source.ts';
import { checkGlb } from './check-glb.ts';
import { CHECKSUMS_FILE, checksumProblems } from './checksums.ts';
import { hashFile } from './hash-file.ts';
import { listFiles } from './list-files.ts';
import { type NamedFile, namedFiles, namedFolders } from './manifest-files.ts';
import type { Problem, ProblemCode, Verdict } from './problem.ts';

const decompress = promisify(brotliDecompress);

/** What a result may hold beside what its manifest names. */
const COMPANIONS = [MANIFEST_FILE, 'provenance.json', CHECKSUMS_FILE];

/**
 * Checks a finished folder against its manifest: the manifest follows the contract, every file it
 * names is there with the bytes and the hash it states, brotli forms give the same bytes, GLBs decode,
 * pictures have their sizes, nothing else lies there, and all, the manifest too, is as it was made.
 */
export async function verifyResult(root: string): Promise<Verdict> {
	const problems: Problem[] = [];
	const tell = (code: ProblemCode, file: string, message: string) =>
		problems.push({ code, file, message });
	const present = (await listFiles(root)).filter((file) => !file.startsWith('bag/'));
	const manifest = await readManifest(root);
	if (manifest === undefined) {
		tell('manifest-invalid', MANIFEST_FILE, 'does not follow the contract of a manifest');
		return { files: present.length, problems };
	}
	const known = new Set(COMPANIONS);
	for (const named of namedFiles(manifest)) {
		const file = localPath(named.file);
		if (file === undefined) {
			tell(
				'reference-outside',
				named.file,
				'is named by the manifest but is no file of this folder',
			);
			continue;
		}
		known.add(file).add(`${file}.br`);
		if (!present.includes(file))
			tell('file-missing', file, 'is named by the manifest but not there');
		else problems.push(...(await checkFile(root, { ...named, file })));
	}
	const folders = namedFolders(manifest);
	for (const file of present) {
		const isInFolder = folders.includes(file.split('/')[0] ?? '');
		if (!known.has(file) && !isInFolder) tell('file-unknown', file, 'is not named by the manifest');
	}
	const judged = new Set(problems.map(({ file }) => file));
	problems.push(...(await checksumProblems(root, present, judged)));
	return { files: present.length, problems };
}

async function readManifest(root: string): Promise<AssetManifest | undefined> {
	try {
		const text = await readFile(join(root, MANIFEST_FILE), 'utf8');
		return assetManifest.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

/** A reference as a path in the folder; undefined when it leads out of it. */
function localPath(reference: string): string | undefined {
	try {
		const path = decodeURIComponent(reference);
		if (/^(?:[a-z][a-z\d+.-]*:|[\\/])/i.test(path) || path.includes('\0')) return undefined;
		return path.split(/[\\/]/).includes('..') ? undefined : path;
	} catch {
		return undefined;
	}
}

async function checkFile(root: string, named: NamedFile): Promise<Problem[]> {
	const { file, bytes, sha256 } = named;
	const path = join(root, file);
	const found = await hashFile(path);
	if (bytes !== undefined && found.bytes !== bytes) {
		return [{ code: 'size-wrong', file, message: `has ${found.bytes} bytes, not ${bytes}` }];
	}
	if (sha256 !== undefined && found.sha256 !== sha256) {
		return [{ code: 'checksum-wrong', file, message: 'has other bytes than its sha256 says' }];
	}
	return [
		...(await brotliProblems(path, named)),
		...(file.endsWith('.glb') ? await glbProblems(path, file, named.triangles) : []),
		...(file.endsWith('.webp') ? await pictureProblems(path, named) : []),
		...(/\/tileset(?:\.ktx2)?\.json$/.test(file) ? await tilesetProblems(root, file) : []),
	];
}

async function brotliProblems(path: string, named: NamedFile): Promise<Problem[]> {
	const { brotliBytes, bytes } = named;
	if (brotliBytes === undefined || brotliBytes === bytes) return [];
	const message = await brotliProblem(path, brotliBytes);
	return message === undefined ? [] : [{ code: 'brotli-wrong', file: `${named.file}.br`, message }];
}

async function glbProblems(
	path: string,
	file: string,
	triangles: number | undefined,
): Promise<Problem[]> {
	const wrong = await checkGlb(path, triangles);
	return wrong === undefined ? [] : [{ file, ...wrong }];
}

async function brotliProblem(path: string, brotliBytes: number): Promise<string | undefined> {
	if (!existsSync(`${path}.br`)) return 'is promised by the manifest but not there';
	const packed = await readFile(`${path}.br`);
	if (packed.length !== brotliBytes) return `has ${packed.length} bytes, not ${brotliBytes}`;
	const plain = await readFile(path);
	const unpacked = await decompress(packed, { maxOutputLength: plain.length }).catch(
		() => undefined,
	);
	if (unpacked?.equals(plain) !== true) return 'does not unpack to the file beside it';
	return undefined;
}

async function pictureProblems(path: string, named: NamedFile): Promise<Problem[]> {
	const { file, widthPx, heightPx } = named;
	const tell = (message: string): Problem[] => [{ code: 'picture-wrong', file, message }];
	try {
		const image = openImage(await readFile(path));
		const { width, height } = await image.metadata();
		await image.stats();
		if (widthPx === undefined || (width === widthPx && height === heightPx)) return [];
		return tell(`is ${width} by ${height} pixels, not ${widthPx} by ${heightPx}`);
	} catch {
		return tell('does not open as a picture');
	}
}

/** Whether every tile is there and opens. */
async function tilesetProblems(root: string, file: string): Promise<Problem[]> {
	const problems: Problem[] = [];
	const text = await readFile(join(root, file), 'utf8');
	for (const [, uri = ''] of text.matchAll(/"uri"\s*:\s*"([^"]+)"/g)) {
		const tile = localPath(uri);
		const name = tile && `${dirname(file)}/${tile}`;
		if (name === undefined) {
			problems.push({ code: 'reference-outside', file: uri, message: 'is no file of this folder' });
		} else if (!existsSync(join(root, name))) {
			problems.push({ code: 'file-missing', file: name, message: 'is a tile that is not there' });
		} else if (name.endsWith('.glb')) {
			problems.push(...(await glbProblems(join(root, name), name, 0)));
		}
	}
	return problems;
}

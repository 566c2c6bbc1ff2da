import { basename, extname } from 'node:path';
import type { AssetKind } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import { FORMATS, formatsNamed } from './formats.ts';
import type { PackageFile } from './package-files.ts';

/** What a surface may need beside its own file: materials, buffers, pictures of any kind. */
const PARTS = /\.(?:mtl|bin|ktx2|tga|bmp|gif|dds|exr|hdr)$/i;
/**
 * Says of a folder or archive that files in it were not used, naming one of them; captions of a recording
 * apart, since they are sooner a mistake. `used`: those that were taken. What a surface may be made of
 * counts as used: reading it says what is missing.
 */
export function noteLeftOut(
	files: PackageFile[],
	kind: AssetKind | undefined,
	used: PackageFile[],
): Finding[] {
	const left = files.filter((file) => !used.includes(file) && !(kind === 'mesh' && isPart(file)));
	const isCaptions = ({ path }: PackageFile) =>
		(kind === 'audio' || kind === 'video') && /\.vtt$/i.test(path);
	const findings: Finding[] = [];
	const captions = valuesOf(left.filter(isCaptions));
	if (captions !== undefined) {
		findings.push({ code: 'captions-left-out', level: 'warning', values: captions });
	}
	const others = valuesOf(left.filter((file) => !isCaptions(file)));
	if (others !== undefined) {
		findings.push({ code: 'files-left-out', level: 'info', values: others });
	}
	return findings;
}

function valuesOf(files: PackageFile[]): Finding['values'] | undefined {
	const [first] = files;
	return first && { files: files.length, file: basename(first.path) };
}

function isPart({ path }: PackageFile): boolean {
	const [format] = formatsNamed(extname(path).toLowerCase());
	return PARTS.test(path) || (format !== undefined && FORMATS[format].kind === 'image');
}

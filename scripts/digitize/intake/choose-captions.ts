import { basename, parse } from 'node:path';
import { captionLanguage } from '../captions/caption-language.ts';
import type { PackageFile } from './package-files.ts';

/**
 * The WebVTT files that belong to a recording in a folder or an archive: those named after it, with or
 * without a language (`talk.vtt`, `talk.zh-CN.vtt`, `talk.mp4.en.vtt`), those named by a language alone
 * (`captions/en.vtt`), and an only one, however it is named.
 */
export function chooseCaptions(files: PackageFile[], main: PackageFile): PackageFile[] {
	const all = files.filter(({ path }) => /\.vtt$/i.test(path));
	const names = [basename(main.path), parse(main.path).name].map((name) => name.toLowerCase());
	const ours = all.filter(({ path }) => {
		const stem = parse(path).name.toLowerCase();
		if (names.includes(stem)) return true;
		if (captionLanguage(basename(path)) === undefined) return false;
		const dot = stem.lastIndexOf('.');
		return dot < 0 || names.includes(stem.slice(0, dot));
	});
	return ours.length === 0 && all.length === 1 ? all : ours;
}

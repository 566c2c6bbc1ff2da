import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AssetManifest } from '#schema/asset-manifest';
import { refuse } from '../refusal-error.ts';
import type { Work } from '../work.ts';
import { parseWebVtt } from './parse-web-vtt.ts';

/** Ten hours of talk are half of this. */
const MAX_BYTES = 5_000_000;
/** The word before `.vtt`, where it is a language tag: `talk.zh-CN.vtt`. */
const LANGUAGE = /\.([a-z]{2,3}(?:-[a-z\d]{2,8})*)\.vtt$/i;
const UNKNOWN_LANGUAGE = 'und';

type Captions = NonNullable<Extract<AssetManifest, { kind: 'video' }>['captions']>;

/**
 * Checks the WebVTT files that belong to a recording and takes them into the result, unchanged, as
 * `captions-<language>.vtt`. The language comes from the file's name (BCP 47), else `und`. Refuses with
 * `captions-invalid`, naming the line, what is wrong with it and what to do.
 */
export async function takeCaptions(
	{ options, folder }: Work,
	durationS: number,
): Promise<Captions> {
	const captions: Captions = [];
	for (const path of options.captions) {
		const name = basename(path);
		const bytes = await readCaptions(path, name);
		const cues = parseWebVtt(bytes, durationS);
		if (!Array.isArray(cues)) invalid(name, `line ${cues.line} ${cues.problem}`);
		const language = languageOf(name);
		if (captions.some((other) => other.language === language)) {
			invalid(name, 'has the language of another file — name each as in talk.zh-CN.vtt');
		}
		const file = `captions-${language}.vtt`;
		await folder.write(file, bytes);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		captions.push({ file, bytes: bytes.length, sha256, language, cues: cues.length });
	}
	return captions;
}

async function readCaptions(path: string, name: string): Promise<Buffer> {
	const info = await stat(path).catch(() => undefined);
	if (info === undefined || !info.isFile())
		return invalid(name, 'cannot be opened — check its name');
	if (info.size > MAX_BYTES) return invalid(name, 'is too large for captions — check what it is');
	return await readFile(path);
}

function languageOf(name: string): string {
	const tag = LANGUAGE.exec(name)?.[1];
	if (tag === undefined) return UNKNOWN_LANGUAGE;
	try {
		return Intl.getCanonicalLocales(tag)[0] ?? UNKNOWN_LANGUAGE;
	} catch {
		return UNKNOWN_LANGUAGE;
	}
}

function invalid(name: string, problem: string): never {
	const [what = problem, advice = 'correct it'] = problem.split(' — ');
	return refuse(
		'captions-invalid',
		`${name} ${what.startsWith('line') ? `in ${what}` : what} — ${advice}`,
	);
}

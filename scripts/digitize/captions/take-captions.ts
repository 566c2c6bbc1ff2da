import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import { refuse } from '../refusal-error.ts';
import type { Work } from '../work.ts';
import { captionLanguage } from './caption-language.ts';
import { parseWebVtt } from './parse-web-vtt.ts';

/** Ten hours of talk are half of this. */
const MAX_BYTES = 5_000_000;
const UNKNOWN_LANGUAGE = 'und';

type Captions = NonNullable<Extract<AssetManifest, { kind: 'video' }>['captions']>;

/**
 * Checks the WebVTT files that belong to a recording, from its folder and named beside it, and takes
 * them into the result, unchanged, as `captions-<language>.vtt`. The language comes from the file's name
 * (BCP 47), else `und`. Refuses with `captions-invalid`, naming the line, what is wrong with it and what
 * to do; leaving a bad file out was rejected, since a film would be published without its words.
 */
export async function takeCaptions(
	{ options, source, folder }: Work,
	durationS: number,
): Promise<Captions> {
	const captions: Captions = [];
	for (const path of [...(source.captions ?? []), ...options.captions]) {
		const name = basename(path);
		const bytes = await readCaptions(path, name);
		const cues = parseWebVtt(bytes, durationS);
		if (!Array.isArray(cues)) invalid(name, `line ${cues.line} ${cues.problem}`);
		const language = captionLanguage(name) ?? UNKNOWN_LANGUAGE;
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

function invalid(name: string, problem: string): never {
	const [what = problem, advice = 'correct it'] = problem.split(' — ');
	return refuse(
		'captions-invalid',
		`${name} ${what.startsWith('line') ? `in ${what}` : what} — ${advice}`,
	);
}

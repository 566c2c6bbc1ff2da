import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { SpatialManifest, TierFile } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import { readTier } from './ladder/read-tier.ts';
import { drawPoster } from './picture/poster.ts';
import type { Subject } from './picture/scenery.ts';
import { drawTurntable } from './picture/turntable.ts';
import { POSTER_FILE } from './result-files.ts';
import { makeAr } from './usdz/make-ar.ts';
import type { Work } from './work.ts';

/** What is made of a surface's written tiers, as its manifest names it. */
export interface Derived
	extends Required<Pick<SpatialManifest, 'poster' | 'cards'>>,
		Pick<SpatialManifest, 'turntable' | 'ar'> {
	findings: Finding[];
}

const TURNTABLE_FILE = 'turntable.webp';

/** Where the work begins, as a share of the whole. */
const FROM = { picture: 0.8, turntable: 0.84, ar: 0.92 };
/** More threads than this draw no faster than the disk and the encoder follow. */
const MOST_THREADS = 8;

/**
 * Makes poster, cards, turntable and the model for augmented reality of a surface, from its written
 * tiers alone: each is a step that is only taken anew when the bytes of these tiers change.
 */
export async function deriveFromTiers(work: Work, tiers: TierFile[]): Promise<Derived> {
	const shown = tiers.find((t) => t.tier === 'mid') ?? tiers.at(-1);
	const coarse = tiers.find((t) => t.tier === 'low') ?? shown;
	if (shown === undefined || coarse === undefined) {
		throw new Error('derive: the ladder has no tier — a bug in the plan');
	}
	const inputs = { shown: shown.sha256, coarse: coarse.sha256 };
	const subject = once(() => readSubject(work, shown, coarse));
	await work.begin('picture', FROM.picture);
	const pictures = await takePoster(work, inputs, subject);
	if (work.options.fast) return { ...pictures, findings: [] };
	await work.begin('turntable', FROM.turntable);
	const turntable = await takeTurntable(work, inputs, subject);
	await work.begin('ar', FROM.ar);
	const { ar, findings } = await makeAr(work, shown.sha256, subject);
	return { ...pictures, turntable, ar, findings };
}

type Inputs = { shown: string; coarse: string };

/** Decodes the tiers only when some step is really taken. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => {
		made ??= make();
		return made;
	};
}

async function readSubject({ folder }: Work, shown: TierFile, coarse: TierFile): Promise<Subject> {
	const piece = await readTier(await folder.path(shown.file));
	if (shown === coarse) return { ...piece, shadowMesh: piece.mesh };
	const { mesh } = await readTier(await folder.path(coarse.file));
	return { ...piece, shadowMesh: mesh };
}

async function takePoster(
	{ cache, folder }: Work,
	inputs: Inputs,
	subject: () => Promise<Subject>,
): Promise<Pick<Derived, 'poster' | 'cards'>> {
	const { value, dir } = await cache.step('poster', inputs, async (at) => {
		const { poster, cards } = await drawPoster(await subject());
		const made = [];
		for (const [i, { webp, widthPx, heightPx }] of [poster, ...cards].entries()) {
			const file = i === 0 ? POSTER_FILE : `card-${widthPx}.webp`;
			await writeFile(join(at, file), webp);
			made.push({ file, widthPx, heightPx });
		}
		return made;
	});
	for (const { file } of value) await folder.adopt(join(dir, file), file);
	const [poster, ...cards] = value;
	if (poster === undefined) throw new Error('derive: no poster was drawn — a bug in the step');
	return { poster, cards };
}

async function takeTurntable(
	{ cache, folder, signal }: Work,
	inputs: Inputs,
	subject: () => Promise<Subject>,
): Promise<NonNullable<Derived['turntable']>> {
	const { value, dir } = await cache.step('turntable', inputs, async (at) => {
		const threads = Math.min(availableParallelism(), MOST_THREADS);
		const { webp, ...sheet } = await drawTurntable(await subject(), threads, signal);
		await writeFile(join(at, TURNTABLE_FILE), webp);
		return sheet;
	});
	const path = join(dir, TURNTABLE_FILE);
	const webp = await readFile(path);
	await folder.adopt(path, TURNTABLE_FILE);
	const sha256 = createHash('sha256').update(webp).digest('hex');
	return { file: TURNTABLE_FILE, bytes: webp.length, sha256, ...value };
}

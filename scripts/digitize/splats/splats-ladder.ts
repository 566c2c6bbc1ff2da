import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import type { SplatFile, TierFile } from '#schema/asset/asset-manifest';
import { buildThumbTier } from '../points/points-ladder.ts';
import type { PlacedSplats } from './place-splats.ts';
import { reduceSplats } from './reduce-splats.ts';
import { SH_C0, type SplatCloud, selectSplats } from './splat-cloud.ts';
import { writeSog } from './write/write-sog.ts';
import { writeSpz } from './write/write-spz.ts';

const THUMB_BYTES = 300_000;
/** What a splat without harmonics takes when packed, at least. */
const LEAST_SPLAT_BYTES = 10;
/** Splats fainter than this are no points. */
const SOLID = 0.3;
/** Above this, making a SOG takes longer than its bytes are worth. */
const MOST_SOG_SPLATS = 3_000_000;

export interface SplatsLadder {
	splats: SplatFile[];
	tiers: TierFile[];
}

/**
 * Writes splats into `dir`: `thumb.spz` (the most important ones, ≤ 300 KB), `high.spz` (all, with their
 * harmonics), `high.sog` (all, without), and `thumb.glb`, coloured points for viewers without splats.
 */
export async function buildSplatsLadder(
	{ cloud, bounds }: PlacedSplats,
	dir: string,
	onFile: (share: number) => Promise<void>,
): Promise<SplatsLadder> {
	await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
	const ordered = inSpace(cloud);
	const splats: SplatFile[] = [];
	const write = async (
		tier: SplatFile['tier'],
		encoding: SplatFile['encoding'],
		of: SplatCloud,
		bytes: Uint8Array,
		shDegree: number,
	) => {
		const file = `${tier}.${encoding}`;
		await writeFile(join(dir, file), bytes);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		splats.push({ tier, encoding, file, bytes: bytes.length, sha256, splats: of.count, shDegree });
	};
	await onFile(0);
	const thumb = makeThumb(ordered);
	await write('thumb', 'spz', thumb.cloud, thumb.bytes, 0);
	await onFile(0.2);
	await write('high', 'spz', ordered, writeSpz(ordered, ordered.shDegree), ordered.shDegree);
	if (ordered.count <= MOST_SOG_SPLATS) {
		await onFile(0.5);
		await write('high', 'sog', ordered, await writeSog(ordered), 0);
	}
	await onFile(0.9);
	return { splats, tiers: [await buildThumbTier(solidPoints(ordered, bounds), dir)] };
}

/** Neighbours one after the other, which packs better. */
function inSpace(cloud: SplatCloud): SplatCloud {
	const places = MeshoptEncoder.reorderPoints(cloud.positions, 3);
	const order = new Uint32Array(cloud.count);
	for (let i = 0; i < cloud.count; i += 1) order[places[i] ?? 0] = i;
	return selectSplats(cloud, order);
}

function makeThumb(cloud: SplatCloud): { cloud: SplatCloud; bytes: Uint8Array } {
	let target = Math.floor(THUMB_BYTES / LEAST_SPLAT_BYTES);
	for (;;) {
		const reduced = reduceSplats(cloud, target);
		const bytes = writeSpz(reduced, 0);
		if (bytes.length <= THUMB_BYTES) return { cloud: reduced, bytes };
		target = Math.floor(reduced.count * Math.min((THUMB_BYTES / bytes.length) * 0.98, 0.9));
	}
}

/** Solid splats of the core as coloured points. */
function solidPoints(
	cloud: SplatCloud,
	{ min, max }: PlacedSplats['bounds'],
): { positions: Float32Array; colours: Uint8Array } {
	const solid: number[] = [];
	for (let i = 0; i < cloud.count; i += 1) {
		const place = cloud.positions.subarray(i * 3, i * 3 + 3);
		const isInside = place.every((v, k) => v >= (min[k] ?? 0) && v <= (max[k] ?? 0));
		if (isInside && (cloud.opacities[i] ?? 0) >= SOLID) solid.push(i);
	}
	const shown = solid.length > 0 ? selectSplats(cloud, Uint32Array.from(solid)) : cloud;
	const colours = Uint8Array.from(shown.colours, (value) =>
		Math.round(Math.min(Math.max(0.5 + SH_C0 * value, 0), 1) * 255),
	);
	return { positions: shown.positions, colours };
}

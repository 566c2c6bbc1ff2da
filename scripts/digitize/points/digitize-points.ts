import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Bounds } from '#schema/value/geometry';
import type { Format } from '../intake/formats.ts';
import { writePlainReport } from '../report/write-plain-report.ts';
import type { Work } from '../work.ts';
import { adoptStep } from './adopt-step.ts';
import { asJson } from './as-json.ts';
import { drawPoints } from './draw-points.ts';
import { drawPosterStep } from './draw-poster-step.ts';
import { lazily } from './lazily.ts';
import { manifestBase } from './manifest-base.ts';
import { type PlacedPoints, placePoints } from './place-points.ts';
import { buildPointsLadder, type PointsLadder, TILED_POINTS } from './points-ladder.ts';
import { readPoints } from './read/read-points.ts';
import { readPointsGlb } from './read-points-glb.ts';
import { type PointTiles, TILESET_FILE, tilePoints } from './tile-points.ts';

const TILES_FOLDER = 'tiles';

/** What a cloud is like, and its tiers: the value of the first step. */
interface PointsCore extends PointsLadder {
	points: number;
	bounds: Bounds;
	unit: PlacedPoints['unit'];
	up: PlacedPoints['up'];
	findings: PlacedPoints['findings'];
	measures: Record<string, number | boolean | string>;
}

/**
 * Makes a piece of a point cloud: thinned tiers, streamed tiles where there are many points (or always,
 * or never, as asked), poster and report. Throws `RefusalError`.
 */
export async function digitizePoints(work: Work, format: Format): Promise<AssetManifest> {
	const { source, options, folder, cache, begin } = work;
	const cloud = lazily(async () => await readPoints(source, format));
	const traits = lazily(async () => {
		const { colours, normals, intensity, crs } = await cloud();
		const hasNormals = normals !== undefined;
		return {
			hasColours: colours !== undefined,
			hasNormals,
			hasIntensity: intensity !== undefined,
			...(crs === undefined ? {} : { crs: crs.name }),
		};
	});
	const placed = lazily(async () => {
		await traits();
		return placePoints(await cloud(), options, source.name);
	});
	const about = { sha256: source.sha256, format, unit: options.unit ?? '', up: options.up ?? '' };
	const core = await cache.step('points', about, async (dir) =>
		asJson(await makeCore(work, dir, placed, traits)),
	);
	await adoptStep(folder, core.dir);
	const ladder = core.value as unknown as PointsCore;
	const wantsTiles =
		options.tiles === 'always' || (options.tiles === 'auto' && ladder.points > TILED_POINTS);
	await begin('tile', 0.6);
	const tiles = wantsTiles ? await makeTiles(work, core.key, ladder, placed) : undefined;
	placed.forget();
	cloud.forget();
	await begin('picture', 0.9);
	const shown = ladder.tiers.at(-1)?.file ?? 'thumb.glb';
	const pictures = await drawPosterStep(work, 'points-poster', [core.key], async () => {
		const points = await readPointsGlb(await readFile(join(core.dir, shown)));
		return drawPoints(points, points.pointSizeM);
	});
	await begin('report', 0.98);
	const { unit, up, findings, measures } = ladder;
	await writePlainReport(work, { kind: 'points', unit, up, measures, findings });
	return {
		...(await manifestBase(work, ladder, { points: ladder.points })),
		kind: 'points',
		...(tiles === undefined ? {} : { tiles }),
		...pictures,
	};
}

async function makeCore(
	{ begin }: Work,
	dir: string,
	placed: () => Promise<PlacedPoints>,
	traits: () => Promise<PointsCore['measures']>,
): Promise<PointsCore> {
	await begin('read', 0.05);
	const points = await placed();
	await begin('simplify', 0.35);
	const ladder = await buildPointsLadder(points, dir, (share) =>
		begin('simplify', 0.35 + 0.25 * share),
	);
	const { bounds, unit, up, findings } = points;
	const [sx, sy, sz] = bounds.max.map((v, k) => (v - (bounds.min[k] ?? 0)) * 1000);
	const count = points.positions.length / 3;
	const about = await traits();
	const measures = {
		points: count,
		widthMm: sx ?? 0,
		heightMm: sy ?? 0,
		depthMm: sz ?? 0,
		spacingMm: ladder.density.spacingM * 1000,
		pointsPerM2: ladder.density.perM2,
		...about,
	};
	if (about.hasNormals === true)
		findings.push({ code: 'point-normals-left-out', level: 'info', values: {} });
	return { ...ladder, points: count, bounds, unit, up, findings, measures };
}

async function makeTiles(
	{ cache, folder, begin }: Work,
	key: string,
	{ density }: PointsCore,
	placed: () => Promise<PlacedPoints>,
): Promise<{ file: string; errorM: number; count: number; bytes: number }> {
	const step = await cache.step('points-tiles', { key }, async (dir) => {
		const tiles = await tilePoints(await placed(), density.spacingM, dir, (share) =>
			begin('tile', 0.6 + 0.3 * share),
		);
		return asJson(tiles);
	});
	await adoptStep(folder, step.dir, TILES_FOLDER);
	const { errorM, count, bytes } = step.value as unknown as PointTiles;
	return { file: `${TILES_FOLDER}/${TILESET_FILE}`, errorM, count, bytes };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import type { Format } from '../intake/formats.ts';
import { adoptStep } from '../points/adopt-step.ts';
import { asJson } from '../points/as-json.ts';
import { drawPosterStep } from '../points/draw-poster-step.ts';
import { manifestBase } from '../points/manifest-base.ts';
import { refuse } from '../refusal-error.ts';
import { writePlainReport } from '../report/write-plain-report.ts';
import type { Work } from '../work.ts';
import { drawSplats } from './draw-splats.ts';
import { findFloaters } from './find-floaters.ts';
import { coreBounds, type PlacedSplats, placeSplats } from './place-splats.ts';
import { readSplats } from './read/read-splats.ts';
import { readSpz } from './read/read-spz.ts';
import { type SplatCloud, selectSplats } from './splat-cloud.ts';
import { buildSplatsLadder, type SplatsLadder } from './splats-ladder.ts';

/** What splats are like, and their files: the value of the first step. */
interface SplatsCore extends SplatsLadder {
	sourceSplats: number;
	bounds: Bounds;
	unit: PlacedSplats['unit'];
	up: PlacedSplats['up'];
	findings: Finding[];
	measures: Record<string, number>;
}

/** Makes a piece of Gaussian splats: SPZ, SOG, a thumb, poster and report. Throws `RefusalError`. */
export async function digitizeSplats(work: Work, format: Format): Promise<AssetManifest> {
	const { source, options, folder, cache, begin } = work;
	const { unit: givenUnit = '', up: givenUp = '', cullFloaters } = options;
	const about = { sha256: source.sha256, format, unit: givenUnit, up: givenUp, cullFloaters };
	const step = await cache.step('splats', about, async (dir) =>
		asJson(await makeCore(work, format, dir)),
	);
	await adoptStep(folder, step.dir);
	const core = step.value as unknown as SplatsCore;
	await begin('picture', 0.75);
	const pictures = await drawPosterStep(work, 'splats-poster', [step.key], async () => {
		const bytes = await readFile(join(step.dir, 'high.spz'));
		return drawSplats(readSpz(bytes, source.name), core.bounds);
	});
	await begin('report', 0.98);
	const { unit, up, findings, measures } = core;
	await writePlainReport(work, { kind: 'splats', unit, up, measures, findings });
	return {
		...(await manifestBase(work, core, { splats: core.sourceSplats })),
		kind: 'splats',
		splats: core.splats,
		...pictures,
	};
}

async function makeCore(work: Work, format: Format, dir: string): Promise<SplatsCore> {
	const { source, options, begin } = work;
	await begin('read', 0.05);
	const read = await readSplats(source, format);
	const sourceSplats = read.count;
	await begin('orient', 0.2);
	const { cloud, findings } = withoutFloaters(read, options.cullFloaters, source.name);
	const placed = placeSplats(cloud, options, source.name);
	await begin('compress', 0.3);
	const ladder = await buildSplatsLadder(placed, dir, (share) =>
		begin('compress', 0.3 + 0.45 * share),
	);
	const { bounds, unit, up } = placed;
	const [width = 0, height = 0, depth = 0] = bounds.max.map((v, k) => v - (bounds.min[k] ?? 0));
	const measures = {
		splats: placed.cloud.count,
		shDegree: placed.cloud.shDegree,
		widthMm: width * 1000,
		heightMm: height * 1000,
		depthMm: depth * 1000,
	};
	return {
		...ladder,
		sourceSplats,
		bounds,
		unit,
		up,
		findings: [...placed.findings, ...findings],
		measures,
	};
}

/** Removes splats that float alone where that is asked for; says how many there are in any case. */
function withoutFloaters(
	cloud: SplatCloud,
	isAsked: boolean,
	name: string,
): { cloud: SplatCloud; findings: Finding[] } {
	const marks = findFloaters(cloud, coreBounds(cloud));
	const floaters = marks.reduce((sum, mark) => sum + mark, 0);
	if (floaters === 0) return { cloud, findings: [] };
	const values = { splats: floaters };
	if (!isAsked) return { cloud, findings: [{ code: 'floaters-found', level: 'info', values }] };
	if (floaters === cloud.count) {
		refuse('splats-empty', `${name} holds floating splats only — leave --cull-floaters away`);
	}
	const kept = Uint32Array.from({ length: cloud.count }, (_, i) => i).filter((i) => marks[i] === 0);
	const culled = selectSplats(cloud, kept);
	return { cloud: culled, findings: [{ code: 'floaters-removed', level: 'fixed', values }] };
}

import type { AssetManifest, TierFile } from '#schema/asset-manifest';
import type { Format, MeshFormat } from '../intake/formats.ts';
import { buildLadder } from '../ladder/build-ladder.ts';
import { profilesOf } from '../ladder/profiles.ts';
import { readTier } from '../ladder/read-tier.ts';
import { recipeOptions } from '../options.ts';
import type { OutputFolder } from '../output-folder.ts';
import { type Picture, picture } from '../picture/picture.ts';
import { refuse } from '../refusal-error.ts';
import { makeMeshReport } from '../report/make-mesh-report.ts';
import { makeManifest, POSTER_FILE, REPORT_FILE } from '../report.ts';
import type { Work } from '../work.ts';
import { writeJson } from '../write.ts';
import { prepareScan } from './prepare-scan.ts';

const MESH_FORMATS: readonly Format[] = ['glb', 'gltf', 'obj', 'ply', 'stl'];

/** Makes a piece of a surface: its ladder, poster and report. Throws `RefusalError`. */
export async function digitizeMesh(work: Work, format: Format): Promise<AssetManifest> {
	const { source, options, folder, begin } = work;
	if (!isMeshFormat(format)) {
		return refuse('structure-invalid', `${source.name} holds no surface — leave --kind away`);
	}
	const scan = await prepareScan(work, format);
	const { tiers, bounds, deviations } = await buildLadder(work, scan);
	await begin('picture', 0.8);
	const poster = await drawPoster(folder, tiers);
	await folder.write(POSTER_FILE, poster.webp);
	await begin('report', 0.97);
	const report = await makeMeshReport(scan.measured, { deviations });
	await writeJson(folder, REPORT_FILE, report);
	const recipe = recipeOptions(options);
	const manifest = await makeManifest(source, report, tiers, bounds, poster, recipe);
	return { ...manifest, profiles: profilesOf(tiers) };
}

/** From the mid tier, or the finest there is; weak lights are dimmed by the low one. */
async function drawPoster(folder: OutputFolder, tiers: TierFile[]): Promise<Picture> {
	const seen = tiers.find(({ tier }) => tier === 'mid') ?? tiers.at(-1);
	if (seen === undefined) throw new Error('poster: the ladder has no tier — a bug in the plan');
	const shadow = tiers.find(({ tier }) => tier === 'low') ?? seen;
	const { mesh, materials, textures } = await readTier(await folder.path(seen.file));
	const shadowMesh = shadow === seen ? mesh : (await readTier(await folder.path(shadow.file))).mesh;
	return await picture({ mesh, materials, shadowMesh }, textures);
}

function isMeshFormat(format: Format): format is MeshFormat {
	return MESH_FORMATS.includes(format);
}

import type { AssetManifest } from '#schema/asset/asset-manifest';
import { deriveFromTiers } from '../derive-from-tiers.ts';
import type { Format, MeshFormat } from '../intake/formats.ts';
import { buildLadder } from '../ladder/build-ladder.ts';
import { profilesOf } from '../ladder/profiles.ts';
import { recipeOptions } from '../options.ts';
import { refuse } from '../refusal-error.ts';
import { makeMeshReport } from '../report/make-mesh-report.ts';
import { REPORT_FILE } from '../result-files.ts';
import { addKtx2 } from '../texture/add-ktx2.ts';
import { addTilesKtx2 } from '../tiles/add-tiles-ktx2.ts';
import { fromTileLevel, tilesEntry } from '../tiles/from-tile-level.ts';
import { tile } from '../tiles/tile.ts';
import type { Work } from '../work.ts';
import { writeJson } from '../write.ts';
import { makeManifest } from './make-manifest.ts';
import { prepareScan } from './prepare-scan.ts';

const MESH_FORMATS: readonly Format[] = ['glb', 'gltf', 'obj', 'ply', 'stl'];

/** Makes a piece of a surface: its ladder, pictures, AR model and report. Throws `RefusalError`. */
export async function digitizeMesh(work: Work, format: Format): Promise<AssetManifest> {
	const { source, options, folder, begin } = work;
	if (!isMeshFormat(format)) {
		return refuse('structure-invalid', `${source.name} holds no surface — leave --kind away`);
	}
	const scan = await prepareScan(work, format);
	// Read early where they are needed late: reading tells of its progress.
	const needsMaps = options.ktx2 && scan.texturePx > 0;
	const textures = needsMaps ? (await scan.read()).textures : [];
	const tiled = await tile(scan, work);
	const ladder = fromTileLevel(await buildLadder(work, tiled.input), tiled);
	const { bounds, deviations } = ladder;
	const derived = await deriveFromTiers(work, ladder.tiers);
	const { findings, poster, ...pictures } = derived;
	const tiles = options.ktx2 ? await addTilesKtx2(work, tiled.tiles) : tiled.tiles;
	const tiers = options.ktx2 ? await addKtx2(work, ladder.tiers, textures) : ladder.tiers;
	await begin('report', 0.97);
	const report = await makeMeshReport(scan.measured, { deviations, findings });
	await writeJson(folder, REPORT_FILE, report);
	const recipe = recipeOptions(options);
	const manifest = await makeManifest(source, report, tiers, bounds, poster, recipe);
	const profiles = profilesOf(tiers);
	return { ...manifest, ...tilesEntry({ tiles }), ...pictures, profiles };
}

function isMeshFormat(format: Format): format is MeshFormat {
	return MESH_FORMATS.includes(format);
}

import type { AssetManifest } from '#schema/asset-manifest';
import type { Format, MeshFormat } from '../intake/formats.ts';
import { buildLadder } from '../ladder/build-ladder.ts';
import { recipeOptions } from '../options.ts';
import { picture } from '../picture/picture.ts';
import { read } from '../read/read.ts';
import { refuse } from '../refusal-error.ts';
import { makeManifest, makeReport, POSTER_FILE, REPORT_FILE } from '../report.ts';
import { tile } from '../tiles/tile.ts';
import { withTiles } from '../tiles/with-tiles.ts';
import type { Work } from '../work.ts';
import { writeJson } from '../write.ts';
import { dropDegenerate } from './drop-degenerate.ts';
import { inspect } from './inspect.ts';
import { mergeMaterials } from './merge-materials.ts';
import { orient } from './orient.ts';
import { weld } from './weld.ts';

const MESH_FORMATS: readonly Format[] = ['glb', 'gltf', 'obj', 'ply', 'stl'];

/** Makes a piece of a surface: its ladder, poster and report. Throws `RefusalError`. */
export async function digitizeMesh(work: Work, format: Format): Promise<AssetManifest> {
	const { source, options, folder, begin } = work;
	if (!isMeshFormat(format)) {
		return refuse('structure-invalid', `${source.name} holds no surface — leave --kind away`);
	}
	const scan = await read(source, format);
	await begin('inspect', 0.12);
	scan.mesh = weld(scan.mesh);
	const health = inspect(scan.mesh);
	const mended = dropDegenerate(scan, health, source.name);
	await begin('orient', 0.2);
	const oriented = orient(scan, health, options, source.name);
	const materials = mergeMaterials(scan);
	const findings = [...scan.findings, ...mended, ...oriented.findings];
	const tiled = await tile(oriented.mesh, materials, scan.textures, work);
	const ladder = await buildLadder(tiled.mesh, materials, scan.textures, folder, begin);
	await begin('picture', 0.8);
	const poster = await picture(ladder.subject, scan.textures);
	await folder.write(POSTER_FILE, poster.webp);
	await begin('report', 0.97);
	const { bounds, tiers } = ladder;
	const report = makeReport(scan, health, oriented, materials, bounds, findings);
	await writeJson(folder, REPORT_FILE, report);
	const recipe = recipeOptions(options);
	const manifest = await makeManifest(source, health, oriented, tiers, bounds, poster, recipe);
	return withTiles(manifest, tiled);
}

function isMeshFormat(format: Format): format is MeshFormat {
	return MESH_FORMATS.includes(format);
}

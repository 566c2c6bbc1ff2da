import type { AssetManifest } from '#schema/asset-manifest';
import { heal } from '../health/heal.ts';
import type { Format, MeshFormat } from '../intake/formats.ts';
import { buildLadder } from '../ladder/build-ladder.ts';
import { recipeOptions } from '../options.ts';
import { picture } from '../picture/picture.ts';
import { read } from '../read/read.ts';
import { refuse } from '../refusal-error.ts';
import { makeMeshReport } from '../report/make-mesh-report.ts';
import { measureMesh } from '../report/measure-mesh.ts';
import { makeManifest, POSTER_FILE, REPORT_FILE } from '../report.ts';
import type { Work } from '../work.ts';
import { writeJson } from '../write.ts';
import { mergeMaterials } from './merge-materials.ts';
import { orient } from './orient.ts';

const MESH_FORMATS: readonly Format[] = ['glb', 'gltf', 'obj', 'ply', 'stl'];

/** Makes a piece of a surface: its ladder, poster and report. Throws `RefusalError`. */
export async function digitizeMesh(work: Work, format: Format): Promise<AssetManifest> {
	const { source, options, folder, begin } = work;
	if (!isMeshFormat(format)) {
		return refuse('structure-invalid', `${source.name} holds no surface — leave --kind away`);
	}
	const scan = await read(source, format);
	await begin('inspect', 0.12);
	const healed = heal(scan, source.name);
	const { health } = healed;
	await begin('orient', 0.2);
	const oriented = orient(scan, health, options, source.name);
	const materials = mergeMaterials(scan);
	const measured = await measureMesh(scan, healed, oriented, materials);
	const ladder = await buildLadder(oriented.mesh, materials, scan.textures, folder, begin);
	await begin('picture', 0.8);
	const poster = await picture(ladder.subject, scan.textures);
	await folder.write(POSTER_FILE, poster.webp);
	await begin('report', 0.97);
	const { bounds, tiers } = ladder;
	const report = await makeMeshReport(measured, { accuracyM: tiers.at(-1)?.errorM });
	await writeJson(folder, REPORT_FILE, report);
	const recipe = recipeOptions(options);
	return await makeManifest(source, health, oriented, tiers, bounds, poster, recipe);
}

function isMeshFormat(format: Format): format is MeshFormat {
	return MESH_FORMATS.includes(format);
}

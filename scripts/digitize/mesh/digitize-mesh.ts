import type { AssetManifest } from '#schema/asset-manifest';
import type { Format, MeshFormat } from '../intake/formats.ts';
import { buildLadder } from '../ladder/build-ladder.ts';
import { recipeOptions } from '../options.ts';
import { picture } from '../picture/picture.ts';
import { read } from '../read/read.ts';
import { refuse } from '../refusal-error.ts';
import { makeManifest, makeReport, POSTER_FILE, REPORT_FILE } from '../report.ts';
import { addKtx2 } from '../texture/add-ktx2.ts';
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
	const ladder = await buildLadder(oriented.mesh, materials, scan.textures, folder, begin);
	const tiers = options.ktx2
		? await addKtx2(work, ladder.tiers, scan.textures, { from: 0.8, to: 0.9 })
		: ladder.tiers;
	await begin('picture', options.ktx2 ? 0.9 : 0.8);
	const poster = await picture(ladder.subject, scan.textures);
	await folder.write(POSTER_FILE, poster.webp);
	await begin('report', 0.97);
	const { bounds } = ladder;
	const report = makeReport(scan, health, oriented, materials, bounds, findings);
	await writeJson(folder, REPORT_FILE, report);
	const recipe = recipeOptions(options);
	return await makeManifest(source, health, oriented, tiers, bounds, poster, recipe);
}

function isMeshFormat(format: Format): format is MeshFormat {
	return MESH_FORMATS.includes(format);
}

import type { Finding } from '#schema/asset/digitize-report';
import type { SourceFile } from '../../intake/source-file.ts';
import { guardTriangles } from '../../limits.ts';
import type { Scan } from '../../mesh/mesh.ts';
import { refuse } from '../../refusal-error.ts';
import { checkGltf } from './check-gltf.ts';
import { decodeGltf } from './decode-gltf.ts';
import type { DecodedPrimitive } from './decoded-primitive.ts';
import { openGlb, openGltf } from './gltf-container.ts';
import type { GltfJson, GltfNode } from './gltf-json.ts';
import { readGltfMaterials } from './gltf-materials.ts';
import { loadResources } from './gltf-resources.ts';
import { joinPrimitives, type PlacedPrimitive } from './join-primitives.ts';
import { IDENTITY, type Matrix, matrixOf, multiply } from './transform.ts';

/** The triangle modes of glTF: triangles, strip, fan. */
const TRIANGLE_MODES = [4, 5, 6];

/**
 * Reads glTF 2.0 from one GLB or from a `.gltf` with its buffers and images, meshopt- and
 * Draco-compressed too. Every reference is checked before it is followed. The scene is flattened
 * into one mesh in metres; animation, skins and morphs are left out, which the findings say.
 */
export async function readGltf(file: SourceFile, format: 'glb' | 'gltf'): Promise<Scan> {
	const container = format === 'glb' ? openGlb(file) : openGltf(file);
	const { json } = container;
	const resources = await loadResources(file, container);
	checkGltf(json, resources, file.name);
	const decoded = await decodeGltf(json, resources, file.name);
	const findings = leftOut(json);
	const surfaces = await readGltfMaterials(json, resources, file.name);
	const placed = place(json, decoded);
	guardTriangles(
		placed.reduce((sum, p) => sum + triangleCount(p.primitive), 0),
		file.name,
	);
	const mesh = joinPrimitives(placed, surfaces.uvOf, file.name);
	if (mesh.indices.length === 0) {
		refuse('mesh-empty', `${file.name} has no triangles — export the surface, not points or lines`);
	}
	return {
		format,
		mesh,
		materials: surfaces.materials,
		textures: surfaces.textures,
		origin: [0, 0, 0],
		unitHint: undefined,
		findings: [...findings, ...surfaces.findings],
	};
}

/** Every primitive of triangles in the default scene, with its world matrix, in the file's order. */
function place(json: GltfJson, decoded: DecodedPrimitive[][]): PlacedPrimitive[] {
	const placed: PlacedPrimitive[] = [];
	const pending = rootsOf(json).toReversed();
	for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
		const { node, above } = next;
		const world = multiply(above, matrixOf(node));
		if (node.mesh !== undefined) placed.push(...primitivesOf(json, decoded, node.mesh, world));
		for (const child of nodesAt(json, node.children).toReversed()) {
			pending.push({ node: child, above: world });
		}
	}
	return placed;
}

function rootsOf(json: GltfJson): { node: GltfNode; above: Matrix }[] {
	const children = new Set(json.nodes.flatMap((node) => node.children));
	const orphans = json.nodes.map((_, i) => i).filter((i) => !children.has(i));
	const roots = json.scenes[json.scene ?? 0]?.nodes ?? orphans;
	return nodesAt(json, roots).map((node) => ({ node, above: IDENTITY }));
}

function nodesAt(json: GltfJson, numbers: number[]): GltfNode[] {
	return numbers.flatMap((number) => json.nodes[number] ?? []);
}

function primitivesOf(
	json: GltfJson,
	decoded: DecodedPrimitive[][],
	mesh: number,
	world: Matrix,
): PlacedPrimitive[] {
	const definitions = json.meshes[mesh]?.primitives ?? [];
	return (decoded[mesh] ?? []).flatMap((primitive, i) => {
		if (!TRIANGLE_MODES.includes(primitive.mode)) return [];
		const material = definitions[i]?.material ?? json.materials.length;
		return [{ primitive, world, material }];
	});
}

function triangleCount(primitive: DecodedPrimitive): number {
	const corners = primitive.indices?.count ?? primitive.attributes.get('POSITION')?.count ?? 0;
	return primitive.mode === 4 ? Math.floor(corners / 3) : Math.max(corners - 2, 0);
}

function leftOut(json: GltfJson): Finding[] {
	const primitives = json.meshes.flatMap((mesh) => mesh.primitives);
	const counts: Record<string, number> = {
		'animation-left-out': json.animations.length,
		'skin-left-out': json.skins.length,
		'morph-left-out': primitives.filter((p) => p.targets !== undefined).length,
		'points-and-lines-left-out': primitives.filter((p) => !TRIANGLE_MODES.includes(p.mode)).length,
	};
	return Object.entries(counts)
		.filter(([, count]) => count > 0)
		.map(([code, count]) => ({ code, level: 'warning', values: { count } }));
}

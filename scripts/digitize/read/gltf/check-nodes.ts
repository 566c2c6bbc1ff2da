import { refuse } from '../../refusal-error.ts';
import type { GltfJson } from './gltf-json.ts';

/** No scene of a scan is nested deeper; a hostile one is. */
const MAX_DEPTH = 256;

/**
 * Refuses nodes that contain themselves (`nodes-cyclic`), that have two parents, lie deeper than 256
 * levels, or name nodes and meshes that do not exist (`structure-invalid`).
 */
export function checkNodes(json: GltfJson, name: string): void {
	const parents = parentsOf(json, name);
	checkDepths(parents, name);
	for (const root of json.scenes.flatMap((scene) => scene.nodes)) {
		if (root >= json.nodes.length || parents[root] !== -1) invalid(name);
	}
	if (json.scene !== undefined && json.scene >= json.scenes.length) invalid(name);
}

/** The parent of every node, -1 for roots. */
function parentsOf(json: GltfJson, name: string): Int32Array {
	const parents = new Int32Array(json.nodes.length).fill(-1);
	for (const [i, node] of json.nodes.entries()) {
		if (node.mesh !== undefined && node.mesh >= json.meshes.length) invalid(name);
		for (const child of node.children) {
			if (child >= json.nodes.length) invalid(name);
			if (parents[child] !== -1 || child === i) cyclic(name);
			parents[child] = i;
		}
	}
	return parents;
}

/** Every node has at most one parent by now, so a walk upwards ends or goes round a ring. */
function checkDepths(parents: Int32Array, name: string): void {
	const depths = new Int32Array(parents.length);
	const path: number[] = [];
	for (let start = 0; start < parents.length; start += 1) {
		let at = start;
		while (at !== -1 && depths[at] === 0) {
			depths[at] = -1;
			path.push(at);
			at = parents[at] ?? -1;
		}
		if (at !== -1 && depths[at] === -1) cyclic(name);
		let depth = at === -1 ? 0 : (depths[at] ?? 0);
		for (let node = path.pop(); node !== undefined; node = path.pop()) {
			depth += 1;
			depths[node] = depth;
		}
		if (depth > MAX_DEPTH) {
			refuse(
				'structure-invalid',
				`${name} nests its nodes too deeply — flatten it and export again`,
			);
		}
	}
}

function cyclic(name: string): never {
	return refuse(
		'nodes-cyclic',
		`${name} has a node that contains itself or has two parents — repair its hierarchy and export again`,
	);
}

function invalid(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} has a node that points at something which does not exist — export it again`,
	);
}

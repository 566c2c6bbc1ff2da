import type { DemoPart } from './demo-part.ts';

function joinFloats(arrays: readonly Float32Array[]): Float32Array {
	const joined = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
	let at = 0;
	for (const array of arrays) {
		joined.set(array, at);
		at += array.length;
	}
	return joined;
}

/** RGBA of every vertex; white where a part has no colours of its own. */
function rgba(part: DemoPart): Uint8Array {
	const vertexCount = part.positions.length / 3;
	const out = new Uint8Array(vertexCount * 4).fill(255);
	const stride = (part.colors?.length ?? 0) / vertexCount;
	for (let v = 0; v < vertexCount; v++) {
		for (let c = 0; c < stride; c++) out[v * 4 + c] = part.colors?.[v * stride + c] ?? 255;
	}
	return out;
}

function check(part: DemoPart): void {
	const count = part.positions.length / 3;
	if (part.normals.length !== count * 3) {
		throw new Error(`write: ${part.material.name} has ${count} positions but other normals`);
	}
	if (part.uvs && part.uvs.length !== count * 2) {
		throw new Error(`write: ${part.material.name} has ${count} positions but other uvs`);
	}
	if (part.indices.some((index) => index >= count)) {
		throw new Error(`write: ${part.material.name} has an index past its ${count} vertices`);
	}
}

function mergeAlike(alike: readonly DemoPart[], first: DemoPart): DemoPart {
	if (alike.length === 1) return first;
	const indices = new Uint32Array(alike.reduce((sum, part) => sum + part.indices.length, 0));
	let at = 0;
	let base = 0;
	for (const part of alike) {
		for (const index of part.indices) indices[at++] = index + base;
		base += part.positions.length / 3;
	}
	const colors = new Uint8Array(base * 4);
	base = 0;
	for (const part of alike) {
		colors.set(rgba(part), base);
		base += (part.positions.length / 3) * 4;
	}
	const uvs = alike.map((part) => part.uvs ?? new Float32Array((part.positions.length / 3) * 2));
	return {
		material: first.material,
		positions: joinFloats(alike.map((part) => part.positions)),
		normals: joinFloats(alike.map((part) => part.normals)),
		indices,
		...(alike.some((part) => part.colors) && { colors }),
		...(alike.some((part) => part.uvs) && { uvs: joinFloats(uvs) }),
	};
}

/** One part a material name, in order of first appearance. Throws if a part's arrays disagree. */
export function mergeParts(parts: readonly DemoPart[]): DemoPart[] {
	const byName = new Map<string, DemoPart[]>();
	for (const part of parts) {
		check(part);
		if (part.indices.length === 0) continue;
		const alike = byName.get(part.material.name) ?? [];
		alike.push(part);
		byName.set(part.material.name, alike);
	}
	return [...byName.values()].flatMap((alike) => (alike[0] ? mergeAlike(alike, alike[0]) : []));
}

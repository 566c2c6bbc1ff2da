import { release } from '../mesh/release.ts';
import type { SharedMesh } from './shared-mesh.ts';

const EMPTY = 0xffffffff;

/**
 * Fills in who owns each vertex: the number of the smallest group of triangles that holds all that
 * meet at its place. Groups are numbered as a heap: the whole is 1, the halves of n are 2n and 2n + 1,
 * leaf l of `starts` is 2 ** depth + l. A vertex may move or go only in its owner and above it: below,
 * a neighbour draws it too. Vertices at one place (texture seams) have one owner.
 *
 * One pass over the corners, two over the vertices with a hash of their places.
 */
export function ownVertices(
	mesh: Pick<SharedMesh, 'indices' | 'positions' | 'owners'>,
	starts: Uint32Array,
): void {
	const { indices, owners } = mesh;
	const leaves = starts.length - 1;
	for (let leaf = 0; leaf < leaves; leaf += 1) {
		const id = leaves + leaf;
		const end = (starts[leaf + 1] ?? 0) * 3;
		for (let c = (starts[leaf] ?? 0) * 3; c < end; c += 1) {
			const vertex = indices[c] ?? 0;
			const owner = owners[vertex] ?? 0;
			if (owner !== id) owners[vertex] = owner === 0 ? id : commonGroup(owner, id);
		}
	}
	if (leaves > 1) shareOwners(mesh);
}

/** The smallest group that holds both. */
function commonGroup(a: number, b: number): number {
	let [x, y] = [a, b];
	while (x !== y) {
		if (x > y) x >>>= 1;
		else y >>>= 1;
	}
	return x;
}

function shareOwners({ positions, owners }: Pick<SharedMesh, 'positions' | 'owners'>): void {
	const places = new PlaceTable(positions, owners.length);
	let hasTwins = false;
	for (let vertex = 0; vertex < owners.length; vertex += 1) {
		const owner = owners[vertex] ?? 0;
		if (owner === 0) continue;
		const first = places.firstAt(vertex);
		if (first === vertex) continue;
		hasTwins = true;
		owners[first] = commonGroup(owners[first] ?? owner, owner);
	}
	for (let vertex = 0; hasTwins && vertex < owners.length; vertex += 1) {
		if (owners[vertex] !== 0) owners[vertex] = owners[places.firstAt(vertex)] ?? 0;
	}
	places.release();
}

/** Tells which vertex was the first asked for at each place. Open addressing. */
class PlaceTable {
	readonly #positions: SharedMesh['positions'];
	readonly #slots: Uint32Array<ArrayBuffer>;

	constructor(positions: SharedMesh['positions'], vertices: number) {
		let size = 16;
		while (size < vertices * 1.4) size *= 2;
		this.#positions = positions;
		this.#slots = new Uint32Array(size).fill(EMPTY);
	}

	/** Gives its memory back; it must not be asked any more. */
	release(): void {
		release(this.#slots);
	}

	firstAt(vertex: number): number {
		const mask = this.#slots.length - 1;
		let slot = hash(this.#positions, vertex) & mask;
		for (;;) {
			const known = this.#slots[slot] ?? EMPTY;
			if (known === EMPTY) {
				this.#slots[slot] = vertex;
				return vertex;
			}
			if (known === vertex || this.#isSame(known, vertex)) return known;
			slot = (slot + 1) & mask;
		}
	}

	#isSame(a: number, b: number): boolean {
		const positions = this.#positions;
		return (
			positions[a * 3] === positions[b * 3] &&
			positions[a * 3 + 1] === positions[b * 3 + 1] &&
			positions[a * 3 + 2] === positions[b * 3 + 2]
		);
	}
}

function hash(positions: SharedMesh['positions'], vertex: number): number {
	let h = Math.imul(positions[vertex * 3] ?? 0, 0x9e3779b1);
	h = Math.imul(h ^ (h >>> 15) ^ (positions[vertex * 3 + 1] ?? 0), 0x85ebca77);
	h = Math.imul(h ^ (h >>> 13) ^ (positions[vertex * 3 + 2] ?? 0), 0xc2b2ae3d);
	return (h ^ (h >>> 16)) >>> 0;
}

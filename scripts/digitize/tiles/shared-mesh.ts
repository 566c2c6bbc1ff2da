import type { Lattice } from '../glb/lattice.ts';

/**
 * A whole scan as its tiles are cut from it, in memory that all threads see. Every number that a tile
 * writes is rounded here once, so that tiles that share a vertex write the same bits.
 */
export interface SharedMesh {
	/** One lattice for the whole scan; its step is a power of two of a metre. */
	lattice: Lattice;
	/** N×3 cells of the lattice: 16-bit numbers where the scan is small enough for its step. */
	positions: Uint16Array | Uint32Array;
	/** N×2, octahedral, 8 bits a component. */
	normals: Int8Array | undefined;
	/** N×4, linear bytes, stretched as `glb/colour-scale` says. */
	colours: Uint8Array | undefined;
	/** What stretched colours are multiplied by, into the material's base colour. */
	colourScale: [number, number, number];
	/** N×2, where a material has maps. */
	uvs: Float32Array | undefined;
	/** N, where there is more than one material. */
	materialOf: Uint16Array | undefined;
	/** Three a triangle; sorted so that the triangles of a leaf lie together. */
	indices: Uint32Array;
	/** N: the number of the smallest tile that holds every triangle at the vertex's place. */
	owners: Uint16Array;
}

/** A 16-bit position beyond this does not exist. */
export const TOP_CELL = 65535;

export function sharedU8(length: number): Uint8Array<SharedArrayBuffer> {
	return new Uint8Array(new SharedArrayBuffer(length));
}

export function sharedU16(length: number): Uint16Array<SharedArrayBuffer> {
	return new Uint16Array(new SharedArrayBuffer(length * 2));
}

export function sharedU32(length: number): Uint32Array<SharedArrayBuffer> {
	return new Uint32Array(new SharedArrayBuffer(length * 4));
}

import type { CornerTable } from './corner-table.ts';
import { FloatList, IndexList } from './index-list.ts';

/** What the lines of an OBJ have said so far. */
export interface ObjState {
	name: string;
	positions: FloatList;
	/** sRGB, three a position; only as long as colours have been given. */
	colours: FloatList;
	uvs: FloatList;
	normals: FloatList;
	/**
	 * Undefined as long as every corner is a position and nothing else, all of one material: then vertices
	 * are positions, and need no table.
	 */
	corners: CornerTable | undefined;
	/** The material of the corners while there is no table; -1 before the first. */
	plainMaterial: number;
	indices: IndexList;
	materialNames: string[];
	material: number;
	libraries: string[];
	comments: string[];
	origin: [number, number, number];
	/** Of the polygon at hand: its vertices, their positions, its triangles. */
	polygon: number[];
	places: number[];
	triangles: number[];
}

/** A line of a vertex or a face is about so long; room that is never used takes no memory. */
const BYTES_A_VERTEX = 54;
const BYTES_A_CORNER = 12;
const MAX_ROOM = 2 ** 24;

/** Nothing said yet, with room for what a file of this size is likely to say. */
export function newObjState(name: string, sizeBytes: number): ObjState {
	const vertices = Math.min(Math.ceil(sizeBytes / BYTES_A_VERTEX), MAX_ROOM);
	const corners = Math.min(Math.ceil(sizeBytes / BYTES_A_CORNER), MAX_ROOM);
	return {
		name,
		positions: new FloatList(vertices * 3),
		colours: new FloatList(),
		uvs: new FloatList(),
		normals: new FloatList(),
		corners: undefined,
		plainMaterial: -1,
		indices: new IndexList(corners),
		materialNames: [''],
		material: 0,
		libraries: [],
		comments: [],
		origin: [0, 0, 0],
		polygon: [],
		places: [],
		triangles: [],
	};
}

/** Whether the next corner is a vertex by its position alone, if that is all it names. */
export function isPlain({ corners, plainMaterial, material }: ObjState): boolean {
	return corners === undefined && (plainMaterial === -1 || plainMaterial === material);
}

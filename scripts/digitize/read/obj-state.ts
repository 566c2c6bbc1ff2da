import { CornerTable } from './corner-table.ts';
import { FloatList, IndexList } from './index-list.ts';

/** What the lines of an OBJ have said so far. */
export interface ObjState {
	name: string;
	positions: FloatList;
	/** sRGB, three a position; only as long as colours have been given. */
	colours: FloatList;
	uvs: FloatList;
	normals: FloatList;
	corners: CornerTable;
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
		corners: new CornerTable(vertices),
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

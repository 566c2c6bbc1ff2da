/** A box in cells of the lattice. */
export interface CellBox {
	min: number[];
	max: number[];
}

/** One tile of the tree, finished. */
export interface TileNode {
	/** Its number among the groups of `ownVertices`; the root is 1. */
	id: number;
	/** How far its surface may lie from the scan's, in metres; never under that of its children. */
	errorM: number;
	/** Holds everything below it. */
	box: CellBox;
	/** Its file, from the tileset's folder. */
	file: string;
	bytes: number;
	triangles: number;
	children: TileNode[];
}

/** All tiles of a tree, the root first. */
export function tilesOf(node: TileNode): TileNode[] {
	return [node, ...node.children.flatMap(tilesOf)];
}

/** The box round all given boxes. */
export function unite(boxes: readonly CellBox[]): CellBox {
	const of = (pick: (...values: number[]) => number, side: 'min' | 'max') =>
		[0, 1, 2].map((k) => pick(...boxes.map((box) => box[side][k] ?? 0)));
	return { min: of(Math.min, 'min'), max: of(Math.max, 'max') };
}

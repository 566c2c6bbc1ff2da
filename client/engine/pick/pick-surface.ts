import { type BufferGeometry, DoubleSide, Matrix4, Mesh, type Object3D, Vector3 } from 'three';

/** A surface that rays are cast at, in plain arrays that may go to a worker. */
export interface PickSurface {
	/** N×3, metres, in the piece's own frame (+Y up). */
	positions: Float32Array;
	/** Three a triangle, counter-clockwise from outside. */
	indices: Uint32Array;
	/** The backs of triangles are drawn, so they are hit too. */
	isDoubleSided: boolean;
}

const meshesBelow = (root: Object3D): Mesh[] => {
	const meshes: Mesh[] = [];
	root.traverse((node) => {
		if (node instanceof Mesh) meshes.push(node);
	});
	return meshes;
};

const cornersOf = ({ index, attributes }: BufferGeometry): number =>
	index?.count ?? attributes.position?.count ?? 0;

function refuseFreed({ attributes, index }: BufferGeometry): void {
	const arrays = [attributes.position?.array, index?.array];
	if (arrays.some((array) => array?.length === 0)) {
		throw new Error('copy surface: its vertex data are gone — copy it before it is uploaded');
	}
}

/**
 * Copies the triangles below `root`, in the frame of `root`: quantised positions and the transforms
 * of nodes are worked in. Call it before the vertex data are freed after upload; throws when they are
 * gone. Nothing given is changed. 25,000 triangles take 2 to 10 ms.
 */
export function pickSurfaceOf(root: Object3D): PickSurface {
	root.updateWorldMatrix(true, true);
	const toRoot = root.matrixWorld.clone().invert();
	const meshes = meshesBelow(root);
	const vertices = meshes.reduce(
		(sum, { geometry }) => sum + (geometry.attributes.position?.count ?? 0),
		0,
	);
	const corners = meshes.reduce((sum, { geometry }) => sum + cornersOf(geometry), 0);
	const surface: PickSurface = {
		positions: new Float32Array(vertices * 3),
		indices: new Uint32Array(corners),
		isDoubleSided: meshes.some(({ material }) =>
			[material].flat().some(({ side }) => side === DoubleSide),
		),
	};
	let [vertex, corner] = [0, 0];
	for (const { geometry, matrixWorld } of meshes) {
		refuseFreed(geometry);
		const place = new Matrix4().multiplyMatrices(toRoot, matrixWorld);
		copyPositions(geometry, place, surface.positions, vertex);
		copyIndices(geometry, place.determinant() < 0, surface.indices.subarray(corner), vertex);
		vertex += geometry.attributes.position?.count ?? 0;
		corner += cornersOf(geometry);
	}
	return surface;
}

function copyPositions(
	{ attributes }: BufferGeometry,
	place: Matrix4,
	into: Float32Array,
	first: number,
): void {
	const { position } = attributes;
	if (position === undefined) return;
	const point = new Vector3();
	for (let i = 0; i < position.count; i++) {
		point
			.fromBufferAttribute(position, i)
			.applyMatrix4(place)
			.toArray(into, (first + i) * 3);
	}
}

/** A mirrored mesh is wound the other way round in the frame it is mirrored into. */
function copyIndices(
	geometry: BufferGeometry,
	isMirrored: boolean,
	into: Uint32Array,
	firstVertex: number,
): void {
	const { index } = geometry;
	const corners = cornersOf(geometry);
	if (index === null) for (let i = 0; i < corners; i++) into[i] = i;
	else into.set(index.array);
	if (firstVertex > 0) for (let i = 0; i < corners; i++) into[i] = (into[i] ?? 0) + firstVertex;
	if (!isMirrored) return;
	for (let i = 0; i + 2 < corners; i += 3) {
		const second = into[i + 1] ?? 0;
		into[i + 1] = into[i + 2] ?? 0;
		into[i + 2] = second;
	}
}

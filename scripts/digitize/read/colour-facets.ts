import { COLOUR_MAX, LINEAR_OF_BYTE, toLinear, toUnorm16 } from '../colour.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { CornerTable } from './corner-table.ts';

/** Behind it Magics writes the colour of the whole: red, green, blue, opacity, a byte each. */
const MAGICS_MARK = 'COLOR=';
const TOP_BIT = 0x8000;
const FIVE_BITS = 31;

/**
 * Gives a surface from a binary STL the colours of its facets: a vertex becomes as many as there are
 * colours round it. Two programs' customs are known: VisCAM sets the top bit of a facet that has a
 * colour, blue lowest; Magics sets it of one that has none but the whole's, which its header states, red
 * lowest. Colours are sRGB. The same mesh where there is none. `header`: the first 84 bytes.
 */
export function colourFacets(mesh: Mesh, attributes: Uint16Array, header: Buffer): Mesh {
	const markAt = header.indexOf(MAGICS_MARK);
	const whole = markAt === -1 ? undefined : header.subarray(markAt + MAGICS_MARK.length);
	const isPainted = whole !== undefined || attributes.some((bits) => (bits & TOP_BIT) !== 0);
	if (!isPainted) return mesh;
	const corners = new CornerTable(mesh.materialOf.length);
	const indices = new Uint32Array(mesh.indices.length);
	for (let i = 0; i < indices.length; i += 1) {
		const bits = attributes[Math.floor(i / 3)] ?? 0;
		const isOwn = ((bits & TOP_BIT) !== 0) === (whole === undefined);
		indices[i] = corners.vertex(mesh.indices[i] ?? 0, isOwn ? bits & ~TOP_BIT : -1, -1, 0);
	}
	return { ...gather(mesh, corners, whole), indices };
}

function gather(
	mesh: Mesh,
	corners: CornerTable,
	whole: Buffer | undefined,
): Omit<Mesh, 'indices'> {
	const { count } = corners;
	const rows = corners.rows();
	const positions = new Float32Array(count * 3);
	const colours = new Uint16Array(count * 4);
	const materialOf = new Uint16Array(count);
	for (let i = 0; i < count; i += 1) {
		const place = (rows[i * 5] ?? 0) * 3;
		positions.set(mesh.positions.subarray(place, place + 3), i * 3);
		colours.set(linearOf(rows[i * 5 + 1] ?? -1, whole), i * 4);
	}
	return { positions, normals: undefined, uvs: undefined, colours, materialOf };
}

/** The colour of a facet's 15 bits; of the whole, or white, for -1. */
function linearOf(bits: number, whole: Buffer | undefined): [number, number, number, number] {
	if (bits === -1) {
		const [r = 255, g = 255, b = 255] = whole ?? [];
		return [LINEAR_OF_BYTE[r] ?? 0, LINEAR_OF_BYTE[g] ?? 0, LINEAR_OF_BYTE[b] ?? 0, COLOUR_MAX];
	}
	const five = (shift: number) => toUnorm16(toLinear(((bits >> shift) & FIVE_BITS) / FIVE_BITS));
	const [low, middle, high] = [five(0), five(5), five(10)];
	return whole === undefined ? [high, middle, low, COLOUR_MAX] : [low, middle, high, COLOUR_MAX];
}

import { COLOUR_MAX } from '../colour.ts';
import { boundsOf } from './inspect.ts';

/** What the vertices of a surface show beside its shape, as in a mesh. */
export interface Shown {
	/** Asked for only where nothing else decides. */
	normals: () => Float32Array | undefined;
	colours: Uint16Array | undefined;
	uvs: Float32Array | undefined;
}

/** How much a full change of each attribute weighs against a move across the whole mesh. */
const WEIGHTS = { normal: 0.3, colour: 0.5, uv: 0.4 };

/** A tint that varies less than this over the whole surface, of a scale to 1, decides nothing. */
const FAINT = 0.1;

/** Numbers that the simplifier weighs: `width` a vertex, at `stride`. */
interface Column {
	values: Float32Array;
	stride: number;
	/** Which of the `stride` numbers count. */
	places: readonly number[];
	weight: number;
}

/**
 * What the simplifier minds beside the shape, a row a vertex: colours and texture coordinates, or the
 * normals of a surface that has neither (they would cost the others 12 % more error and a third more
 * time). Every number a row costs a tenth of the simplifier's time, so colours are seen as light and two
 * tints (as eyes do), and what hardly varies is left out: bone, stone and bronze keep one of three.
 */
export function attributeRows(
	{ normals, colours, uvs }: Shown,
	count: number,
): { rows: Float32Array; weights: number[] } {
	const columns: Column[] = [];
	const tints = colours && colourColumn(colours);
	const bare = uvs || tints ? undefined : normals();
	if (bare) columns.push(column(bare, 3, WEIGHTS.normal));
	if (tints) columns.push(tints);
	if (uvs) columns.push(column(uvs, 2, WEIGHTS.uv));
	const weights = columns.flatMap(({ places, weight }) => places.map(() => weight));
	const width = weights.length;
	const rows = new Float32Array(count * width);
	let offset = 0;
	for (const { values, stride, places } of columns) {
		for (const place of places) {
			for (let i = 0; i < count; i += 1) rows[i * width + offset] = values[i * stride + place] ?? 0;
			offset += 1;
		}
	}
	return { rows, weights };
}

function column(values: Float32Array, stride: number, weight: number): Column {
	return { values, stride, places: Array.from({ length: stride }, (_, k) => k), weight };
}

/**
 * Colours (N×4, linear) as light, red against blue, and green against both, as far as they vary; undefined
 * where they are all alike. The axes are a turned frame, so that distances stay what they are.
 */
function colourColumn(colours: Uint16Array): Column | undefined {
	const values = new Float32Array((colours.length / 4) * 3);
	for (let i = 0, to = 0; i < colours.length; i += 4, to += 3) {
		// Square roots stand for the eye: equal steps of light count more in the dark.
		const r = Math.sqrt((colours[i] ?? 0) / COLOUR_MAX);
		const g = Math.sqrt((colours[i + 1] ?? 0) / COLOUR_MAX);
		const b = Math.sqrt((colours[i + 2] ?? 0) / COLOUR_MAX);
		values[to] = (r + g + b) / Math.sqrt(3);
		values[to + 1] = (r - b) / Math.sqrt(2);
		values[to + 2] = (r - 2 * g + b) / Math.sqrt(6);
	}
	const { min, max } = boundsOf(values);
	const places = [0, 1, 2].filter((k) => (max[k] ?? 0) - (min[k] ?? 0) > (k === 0 ? 0 : FAINT));
	return places.length === 0 ? undefined : { values, stride: 3, places, weight: WEIGHTS.colour };
}

import type { Vec2 } from './mesh.ts';

/**
 * A carver's panel seen from the front: heights in metres over a rectangle centred on the origin,
 * x to the right, y up. Row 0 is the top row. The strokes below change it in place.
 */
export interface Relief {
	readonly widthM: number;
	readonly heightM: number;
	readonly columns: number;
	readonly rows: number;
	readonly data: Float32Array;
}

interface StrokeOptions {
	/** Half the width, metres; by share 0..1 of the way when a function. */
	readonly radiusM: number | ((along: number) => number);
	/** Height of the crest over `baseM`. */
	readonly riseM: number | ((along: number) => number);
	/** Height of the ground it lies on: lifts a strand over another one. */
	readonly baseM?: number | ((along: number) => number);
	/** Section: a half round, a sharp crest, a flat band, or a groove cut into what is there. */
	readonly section?: 'round' | 'ridge' | 'band' | 'groove';
	/** Added height: `alongM` metres from the start, `across` −1 (right) to 1 (left). */
	readonly detailM?: (alongM: number, across: number) => number;
}

/** A flat panel with `cellsPerM` heights a metre. */
export function panel(widthM: number, heightM: number, cellsPerM: number): Relief {
	const columns = Math.round(widthM * cellsPerM);
	const rows = Math.round(heightM * cellsPerM);
	return { widthM, heightM, columns, rows, data: new Float32Array(columns * rows) };
}

/** The height at a point, between cells; the rim continues outside. */
export function heightAt(r: Relief, x: number, y: number): number {
	const fx = Math.min(r.columns - 1.001, Math.max(0, (x / r.widthM + 0.5) * r.columns - 0.5));
	const fy = Math.min(r.rows - 1.001, Math.max(0, (0.5 - y / r.heightM) * r.rows - 0.5));
	const [i, j] = [Math.floor(fx), Math.floor(fy)];
	const at = (a: number, b: number) => r.data[b * r.columns + a] ?? 0;
	const top = at(i, j) + (at(i + 1, j) - at(i, j)) * (fx - i);
	const low = at(i, j + 1) + (at(i + 1, j + 1) - at(i, j + 1)) * (fx - i);
	return top + (low - top) * (fy - j);
}

/** Sets every height to `shape(x, y, height so far)`. */
export function carve(r: Relief, shape: (x: number, y: number, heightM: number) => number): void {
	for (let j = 0, i = 0; j < r.rows; j++) {
		const y = (0.5 - (j + 0.5) / r.rows) * r.heightM;
		for (let k = 0; k < r.columns; k++, i++) {
			r.data[i] = shape(((k + 0.5) / r.columns - 0.5) * r.widthM, y, r.data[i] ?? 0);
		}
	}
}

const SECTIONS = {
	round: (d: number) => Math.sqrt(Math.max(0, 1 - d * d)),
	ridge: (d: number) => (1 - d) * (1 - d * 0.35),
	band: (d: number) => Math.min(1, (1 - d) * 4),
	groove: (d: number) => 1 - d * d,
};

/** Lays one modelled strand along `points` (metres); where it meets others the higher one shows. */
export function stroke(r: Relief, points: readonly Vec2[], options: StrokeOptions): void {
	const lengths = [0];
	for (let i = 1; i < points.length; i++) {
		const [a, b] = [points[i - 1] as Vec2, points[i] as Vec2];
		lengths.push((lengths[i - 1] ?? 0) + Math.hypot(b[0] - a[0], b[1] - a[1]));
	}
	const total = lengths.at(-1) || 1;
	for (let i = 0; i + 1 < points.length; i++) {
		const from = lengths[i] ?? 0;
		segment(r, points[i] as Vec2, points[i + 1] as Vec2, options, (t) => {
			const alongM = from + ((lengths[i + 1] ?? 0) - from) * t;
			return { alongM, along: alongM / total };
		});
	}
}

function segment(
	r: Relief,
	a: Vec2,
	b: Vec2,
	options: StrokeOptions,
	way: (t: number) => { alongM: number; along: number },
): void {
	const value = (x: StrokeOptions['baseM'], along: number) =>
		typeof x === 'function' ? x(along) : (x ?? 0);
	const reach = Math.max(
		value(options.radiusM, way(0).along),
		value(options.radiusM, way(1).along),
	);
	const section = options.section ?? 'round';
	const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
	const lengthSquared = dx * dx + dy * dy || 1e-12;
	eachCell(r, a, b, reach, (x, y, i) => {
		const t = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / lengthSquared));
		const { alongM, along } = way(t);
		const radius = value(options.radiusM, along);
		const [ox, oy] = [x - a[0] - dx * t, y - a[1] - dy * t];
		const d = Math.hypot(ox, oy) / radius;
		if (!(d < 1)) return;
		const here = r.data[i] ?? 0;
		const side = dx * oy - dy * ox < 0 ? -d : d;
		const rise = value(options.riseM, along) * SECTIONS[section](d);
		if (section === 'groove') {
			r.data[i] = Math.min(here, value(options.baseM, along) - rise);
			return;
		}
		const detail = options.detailM ? options.detailM(alongM, side) : 0;
		r.data[i] = Math.max(here, value(options.baseM, along) + rise + detail);
	});
}

function eachCell(
	r: Relief,
	a: Vec2,
	b: Vec2,
	reachM: number,
	visit: (x: number, y: number, index: number) => void,
): void {
	const column = (x: number) => (x / r.widthM + 0.5) * r.columns;
	const row = (y: number) => (0.5 - y / r.heightM) * r.rows;
	const k0 = Math.max(0, Math.floor(column(Math.min(a[0], b[0]) - reachM)));
	const k1 = Math.min(r.columns - 1, Math.ceil(column(Math.max(a[0], b[0]) + reachM)));
	const j0 = Math.max(0, Math.floor(row(Math.max(a[1], b[1]) + reachM)));
	const j1 = Math.min(r.rows - 1, Math.ceil(row(Math.min(a[1], b[1]) - reachM)));
	for (let j = j0; j <= j1; j++) {
		const y = (0.5 - (j + 0.5) / r.rows) * r.heightM;
		for (let k = k0; k <= k1; k++) {
			visit(((k + 0.5) / r.columns - 0.5) * r.widthM, y, j * r.columns + k);
		}
	}
}

/** A softened copy: the box blur of `radiusM`, twice, as wind and hands do to stone. */
export function worn(r: Relief, radiusM: number): Relief {
	const k = Math.max(1, Math.round((radiusM / r.widthM) * r.columns));
	let data = r.data;
	for (let pass = 0; pass < 2; pass++) {
		data = blurLines(data, r.rows, r.columns, r.columns, 1, k);
		data = blurLines(data, r.columns, r.rows, 1, r.columns, k);
	}
	return { ...r, data };
}

function blurLines(
	from: Float32Array,
	lines: number,
	length: number,
	lineStep: number,
	step: number,
	k: number,
): Float32Array {
	const to = new Float32Array(from.length);
	for (let line = 0; line < lines; line++) {
		const at = (i: number) =>
			from[line * lineStep + Math.min(length - 1, Math.max(0, i)) * step] ?? 0;
		let sum = 0;
		for (let i = -k; i <= k; i++) sum += at(i);
		for (let i = 0; i < length; i++) {
			to[line * lineStep + i * step] = sum / (2 * k + 1);
			sum += at(i + k + 1) - at(i - k);
		}
	}
	return to;
}

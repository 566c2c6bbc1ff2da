/** A line of hills to draw. Units are those of the picture (u), y down. */
export interface RidgeOptions {
	seed: number;
	widthU: number;
	/** Where the foot of the hills lies. */
	baseU: number;
	/** How far the highest summits may rise above it. */
	heightU: number;
	/** Where the filled shape is closed below. */
	floorU: number;
	/** Scales the hills along the way, 0 to 1 each: 0 is plain. */
	profile?: (share: number) => number;
}

export interface Ridge {
	/** The filled shape, as a path. */
	outline: string;
	/** Brush strokes 皴 that run down from the ridge, as one path. */
	strokes: string;
}

const STEP_U = 6;
const OCTAVES = 5;

/**
 * A line of hills as ink painting draws it: the same seed gives the same hills. Summits come from
 * ridged value noise, whose folds are sharp above and soft below (F. K. Musgrave, "Texturing and
 * Modeling", 1998); sums of sines were tried and looked like waves.
 */
export function ridge(options: RidgeOptions): Ridge {
	const crest = crestOf(options);
	const line = crest.map(([x, y]) => `L${x} ${y}`).join('');
	const { widthU, floorU } = options;
	return {
		outline: `M0 ${floorU}${line}L${widthU} ${floorU}Z`,
		strokes: strokesOf(crest, options),
	};
}

function crestOf({ seed, widthU, baseU, heightU, profile }: RidgeOptions): [number, number][] {
	const crest: [number, number][] = [];
	for (let x = 0; x <= widthU; x += STEP_U) {
		const share = x / widthU;
		const rise = ridgedNoise(x / 260, seed) * heightU * (profile?.(share) ?? 1);
		crest.push([x, round(baseU - rise)]);
	}
	return crest;
}

function strokesOf(crest: [number, number][], { seed, heightU, baseU }: RidgeOptions): string {
	const chance = sequence(seed * 7 + 3);
	let path = '';
	for (let i = 3; i < crest.length - 3; i++) {
		const [x, y] = crest[i] ?? [0, 0];
		const share = (baseU - y) / heightU;
		if (share < 0.25 || chance() > 0.25 + share * 0.6) continue;
		const slope = (crest[i + 3]?.[1] ?? y) - (crest[i - 3]?.[1] ?? y);
		const lean = slope > 0 ? 1 : -1;
		const length = (14 + chance() * 46) * share;
		const top = y + 3 + chance() * 12;
		path += `M${x} ${round(top)}q${round(lean * length * 0.12)} ${round(length * 0.55)} ${round(lean * length * (0.35 + chance() * 0.3))} ${round(length)}`;
	}
	return path;
}

/** Noise from 0 to about 1 whose folds are crests. */
function ridgedNoise(x: number, seed: number): number {
	let sum = 0;
	let weight = 0.56;
	let frequency = 1;
	for (let octave = 0; octave < OCTAVES; octave++) {
		const value = valueNoise(x * frequency + octave * 17.3, seed + octave);
		const folded = 1 - Math.abs(2 * value - 1);
		sum += weight * (octave === 0 ? value * 0.6 + folded * 0.4 : folded);
		weight *= 0.46;
		frequency *= 2.15;
	}
	return sum;
}

function valueNoise(x: number, seed: number): number {
	const cell = Math.floor(x);
	const t = x - cell;
	const smooth = t * t * (3 - 2 * t);
	return hash(cell, seed) * (1 - smooth) + hash(cell + 1, seed) * smooth;
}

/** An even share from 0 to 1 for a cell (integer mixing after T. Mueller's hash). */
function hash(cell: number, seed: number): number {
	let h = Math.imul(cell ^ Math.imul(seed, 0x9e3779b1), 0x45d9f3b);
	h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
	return ((h ^ (h >>> 16)) >>> 0) / 0x1_0000_0000;
}

function sequence(seed: number): () => number {
	let step = 0;
	return () => hash(step++, seed);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

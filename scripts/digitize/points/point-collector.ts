import { impossibleCount } from '../limits.ts';
import { chooseOrigin } from '../read/origin.ts';
import { refuse } from '../refusal-error.ts';
import { MAX_POINTS, type PointCloud } from './point-cloud.ts';

/** What a file says of each point beside where it lies. */
export interface PointTraits {
	hasColours: boolean;
	hasNormals: boolean;
	hasIntensity: boolean;
}

/**
 * What the colours given are, 0 to 65535. Writers do not agree, so that the brightest point of a file
 * decides: LAS has 16 bits a channel, in which many keep bytes; fractions go to 1 or, rarely, to 255,
 * and come times 257.
 */
export type ColourRange = 'words' | 'words-or-bytes' | 'bytes-or-shares';

/** Where no colour is above `below`, `top` is full. */
const LOW_RANGES: Readonly<Record<ColourRange, { below: number; top: number }>> = {
	words: { below: -1, top: 65_535 },
	'words-or-bytes': { below: 255, top: 255 },
	'bytes-or-shares': { below: 257, top: 257 },
};

/**
 * Takes points one after the other into arrays made for all of them. A point whose position is not a
 * number is left out and counted. Set colour, normal and intensity before `add`.
 */
export class PointCollector {
	/** Of the next point, 0 to 65535; see `ColourRange`. */
	red = 0;
	green = 0;
	blue = 0;
	/** Of the next point; need not have length one. */
	nx = 0;
	ny = 0;
	nz = 0;
	intensity = 0;
	readonly #positions: Float32Array;
	readonly #colours: Uint16Array | undefined;
	readonly #normals: Int8Array | undefined;
	readonly #intensity: Float32Array | undefined;
	#origin: [number, number, number] | undefined;
	#count = 0;
	#invalid = 0;
	#colourTop = 0;

	/** `capacity` must have been proven against the file's size. Refuses more points than we take. */
	constructor(capacity: number, traits: PointTraits, name: string) {
		if (capacity > MAX_POINTS) {
			refuse(
				'scan-too-large',
				`${name} has more than ${MAX_POINTS / 1e6} million points — thin it out or split it first`,
			);
		}
		if (!Number.isSafeInteger(capacity) || capacity < 0) impossibleCount(name);
		this.#positions = new Float32Array(capacity * 3);
		if (traits.hasColours) this.#colours = new Uint16Array(capacity * 3);
		if (traits.hasNormals) this.#normals = new Int8Array(capacity * 3);
		if (traits.hasIntensity) this.#intensity = new Float32Array(capacity);
	}

	/** Takes a point that lies here, in the file's unit. */
	add(x: number, y: number, z: number): void {
		this.#origin ??= firstOrigin(x, y, z);
		const origin = this.#origin;
		const at = this.#count * 3;
		const positions = this.#positions;
		positions[at] = x - (origin?.[0] ?? 0);
		positions[at + 1] = y - (origin?.[1] ?? 0);
		positions[at + 2] = z - (origin?.[2] ?? 0);
		const sum = (positions[at] ?? 0) + (positions[at + 1] ?? 0) + (positions[at + 2] ?? 0);
		if (!Number.isFinite(sum)) {
			this.#invalid += 1;
			return;
		}
		if (this.#colours !== undefined) this.#paint(this.#colours, at);
		if (this.#normals !== undefined) this.#turn(this.#normals, at);
		if (this.#intensity !== undefined) this.#intensity[this.#count] = this.intensity;
		this.#count += 1;
	}

	/** Counts a point that the file itself calls invalid. */
	skip(): void {
		this.#invalid += 1;
	}

	/** The cloud. Refuses with `points-empty`. */
	finish(name: string, range: ColourRange = 'words'): PointCloud {
		const count = this.#count;
		if (count === 0) {
			refuse('points-empty', `${name} has no points with a position — export the scan again`);
		}
		const findings: PointCloud['findings'] = [];
		if (this.#invalid > 0) {
			const values = { points: this.#invalid };
			findings.push({ code: 'invalid-points-dropped', level: 'fixed', values });
		}
		const { below, top } = LOW_RANGES[range];
		const brightest = this.#colourTop <= below ? top : 65_535;
		const hasColours = this.#colours !== undefined && this.#colourTop > 0;
		return {
			positions: this.#positions.subarray(0, count * 3),
			colours: hasColours ? toBytes(this.#colours, count * 3, brightest) : undefined,
			normals: this.#normals?.subarray(0, count * 3),
			intensity: this.#intensity?.subarray(0, count),
			origin: this.#origin ?? [0, 0, 0],
			isMetric: false,
			unitHint: undefined,
			crs: undefined,
			findings,
		};
	}

	#paint(colours: Uint16Array, at: number): void {
		colours[at] = this.red;
		colours[at + 1] = this.green;
		colours[at + 2] = this.blue;
		const top = Math.max(this.red, this.green, this.blue);
		if (top > this.#colourTop) this.#colourTop = top;
	}

	#turn(normals: Int8Array, at: number): void {
		const scale = 127 / (Math.hypot(this.nx, this.ny, this.nz) || 1);
		normals[at] = Math.round(this.nx * scale);
		normals[at + 1] = Math.round(this.ny * scale);
		normals[at + 2] = Math.round(this.nz * scale);
	}
}

function firstOrigin(x: number, y: number, z: number): [number, number, number] | undefined {
	return Number.isFinite(x + y + z) ? chooseOrigin(x, y, z) : undefined;
}

/** Words to bytes, rounded; `brightest` is the word that is full. */
function toBytes(colours: Uint16Array, length: number, brightest: number): Uint8Array {
	const table = new Uint8Array(65_536);
	for (let word = 0; word < table.length; word += 1) {
		table[word] = Math.min(Math.round((word * 255) / brightest), 255);
	}
	const bytes = new Uint8Array(length);
	for (let i = 0; i < length; i += 1) bytes[i] = table[colours[i] ?? 0] ?? 0;
	return bytes;
}

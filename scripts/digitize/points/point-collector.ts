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
 * Takes points one after the other into arrays made for all of them. A point whose position is not a
 * number is left out and counted. Set colour, normal and intensity before `add`.
 */
export class PointCollector {
	/** Of the next point, 0 to 65535; in the file's own scale for LAS, see `finish`. */
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

	/**
	 * The cloud. `isLas`: colours come as the file had them; many writers keep bytes in the 16 bits that
	 * LAS gives a channel, so that the largest decides the scale. Refuses with `points-empty`.
	 */
	finish(name: string, isLas = false): PointCloud {
		const count = this.#count;
		if (count === 0) {
			refuse('points-empty', `${name} has no points with a position — export the scan again`);
		}
		const findings: PointCloud['findings'] = [];
		if (this.#invalid > 0) {
			const values = { points: this.#invalid };
			findings.push({ code: 'invalid-points-dropped', level: 'fixed', values });
		}
		const isBytes = isLas && this.#colourTop <= 255;
		const hasColours = this.#colours !== undefined && this.#colourTop > 0;
		return {
			positions: this.#positions.subarray(0, count * 3),
			colours: hasColours ? toBytes(this.#colours, count * 3, isBytes) : undefined,
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

/** 16 bits to 8, rounded; `isBytes`: they are in the low byte already. */
function toBytes(colours: Uint16Array, length: number, isBytes: boolean): Uint8Array {
	if (isBytes) return Uint8Array.from(colours.subarray(0, length));
	const bytes = new Uint8Array(length);
	for (let i = 0; i < length; i += 1) bytes[i] = ((colours[i] ?? 0) * 255 + 32_895) >>> 16;
	return bytes;
}

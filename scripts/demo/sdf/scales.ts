import { ramp } from './noise.ts';

export interface ScaleOptions {
	/** Distance between rows, and between scales in a row. */
	readonly rowM: number;
	readonly pitchM: number;
	readonly heightM: number;
	/** Width of the sharp step at a scale's free edge. */
	readonly edgeM: number;
}

/**
 * Height, 0 to `heightM`, of overlapping round scales: `alongM` runs from root to free edge, `acrossM`
 * across. Each scale rises towards its free edge, which lies over the next row, and has a keel.
 */
export function scaleHeight(options: ScaleOptions, alongM: number, acrossM: number): number {
	const { rowM, pitchM } = options;
	const radius = Math.max(pitchM * 0.56, rowM * 0.8);
	const first = Math.floor((alongM - radius) / rowM);
	const last = Math.ceil((alongM + radius) / rowM);
	for (let row = first; row <= last; row++) {
		const offset = row % 2 === 0 ? 0 : pitchM / 2;
		const column = Math.round((acrossM - offset) / pitchM);
		const da = alongM - row * rowM;
		const db = acrossM - offset - column * pitchM;
		const distance = Math.sqrt(da * da + db * db);
		if (distance >= radius) continue;
		const rim = ramp(0, options.edgeM, radius - distance);
		const keel = 0.16 * Math.max(0, 1 - Math.abs(db) / (pitchM * 0.13));
		const border = 0.14 * ramp(0.72, 0.84, distance / radius);
		return options.heightM * rim * Math.min(1, 0.42 + 0.3 * (da / radius) + keel + border);
	}
	return 0;
}

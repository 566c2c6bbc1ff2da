import type { Finding } from '#schema/asset/digitize-report';
import { type PointCloud, pointCount } from './point-cloud.ts';

/** From deep water to rice paper: calm, readable without colour vision, never plain grey (sRGB bytes). */
const RAMP: readonly (readonly [number, number, number])[] = [
	[0x1f, 0x3a, 0x44],
	[0x2c, 0x66, 0x70],
	[0x5c, 0x8f, 0x86],
	[0xb4, 0xb5, 0x8e],
	[0xe6, 0xd5, 0xa6],
	[0xf7, 0xf1, 0xe2],
];

/** The shares of the values that lie below the ramp's first and above its last colour. */
const CLIP = 0.02;
const SAMPLES = 20_000;

/**
 * The colours of a cloud as N×3 sRGB bytes: its own, else a ramp over its intensity, else over its
 * height (`positions` metres, +Y up). The ramp is told as a finding.
 */
export function colourPoints(cloud: Pick<PointCloud, 'positions' | 'colours' | 'intensity'>): {
	colours: Uint8Array;
	findings: Finding[];
} {
	if (cloud.colours !== undefined) return { colours: cloud.colours, findings: [] };
	const { intensity, positions } = cloud;
	const count = pointCount(cloud);
	const value = (i: number) => intensity?.[i] ?? positions[i * 3 + 1] ?? 0;
	const { low, high } = percentiles(count, value);
	const steps = rampSteps();
	const colours = new Uint8Array(count * 3);
	const scale = 255 / Math.max(high - low, 1e-9);
	for (let i = 0; i < count; i += 1) {
		const step = Math.round(Math.min(Math.max((value(i) - low) * scale, 0), 255));
		colours[i * 3] = steps[step * 3] ?? 0;
		colours[i * 3 + 1] = steps[step * 3 + 1] ?? 0;
		colours[i * 3 + 2] = steps[step * 3 + 2] ?? 0;
	}
	const code = intensity === undefined ? 'coloured-by-height' : 'coloured-by-intensity';
	return { colours, findings: [{ code, level: 'info', values: { low, high } }] };
}

function percentiles(count: number, value: (i: number) => number): { low: number; high: number } {
	const step = Math.max(Math.floor(count / SAMPLES), 1);
	const samples: number[] = [];
	for (let i = 0; i < count; i += step) {
		const one = value(i);
		if (Number.isFinite(one)) samples.push(one);
	}
	samples.sort((a, b) => a - b);
	const at = (share: number) => samples[Math.floor((samples.length - 1) * share)] ?? 0;
	return { low: at(CLIP), high: at(1 - CLIP) };
}

function rampSteps(): Uint8Array {
	const steps = new Uint8Array(256 * 3);
	for (let i = 0; i < 256; i += 1) {
		const at = (i / 255) * (RAMP.length - 1);
		const [from, to] = [RAMP[Math.floor(at)], RAMP[Math.ceil(at)]];
		for (let k = 0; k < 3; k += 1) {
			const a = from?.[k] ?? 0;
			steps[i * 3 + k] = Math.round(a + ((to?.[k] ?? a) - a) * (at % 1));
		}
	}
	return steps;
}

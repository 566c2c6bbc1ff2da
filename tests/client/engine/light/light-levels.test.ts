import { expect, it } from 'vitest';
import { fillAt, GALLERY, TORCH } from '../../../../client/engine/light/light-levels.ts';

it('the fill stands in for the probe, and hands over to it step by step', () => {
	const skies = [0, 0.5, 1].map((share) => fillAt(GALLERY, share).sky[1]);
	const [alone = 0, half = 0, beside = 0] = skies;
	expect(alone).toBeGreaterThan(beside * 5);
	expect(half).toBeCloseTo((alone + beside) / 2, 10);
	expect(beside).toBeCloseTo(0.2 * 0.716, 10);
});

it('a piece is never lit from below more than from above', () => {
	for (const levels of [GALLERY, TORCH]) {
		for (const share of [0, 0.3, 1]) {
			const { sky, ground } = fillAt(levels, share);
			for (const i of [0, 1, 2] as const) expect(ground[i]).toBeLessThan(sky[i] / 5);
		}
	}
});

it('the visitor\u2019s lamp leaves nearly nothing of the gallery, with or without its probe', () => {
	for (const share of [0, 1]) {
		expect(fillAt(TORCH, share).sky[0]).toBeLessThan(fillAt(GALLERY, 0).sky[0] / 4);
	}
});

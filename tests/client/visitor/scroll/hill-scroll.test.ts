import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { museum } from '#schema/museum/museum';
import { LANGUAGES, pickText } from '#schema/value/text';
import { ridge } from '../../../../client/parts/ridge.ts';
import { labelSize } from '../../../../client/visitor/scroll/label-size.ts';
import {
	overlaps,
	placeLabels,
	spreadPoints,
} from '../../../../client/visitor/scroll/place-labels.ts';
import { projectionFor, SCROLL_U } from '../../../../client/visitor/scroll/project.ts';

const FILE = resolve(import.meta.dirname, '../../../../assets/collection/museums.json');
const museums = z.array(museum).parse(JSON.parse(readFileSync(FILE, 'utf8')));
const project = projectionFor(museums.map((house) => house.point));

describe('the hills as a scroll', () => {
	it('keep west to the left of east and north above south', () => {
		const placed = museums.map(({ point }) => ({ point, at: project(point) }));
		for (const a of placed) {
			for (const b of placed) {
				if (a.point.lon < b.point.lon) expect(a.at.xU).toBeLessThan(b.at.xU);
				if (a.point.lat > b.point.lat) expect(a.at.yU).toBeLessThan(b.at.yU);
			}
		}
	});

	it('hold every house inside the picture', () => {
		for (const { point } of museums) {
			const { xU, yU } = project(point);
			expect(xU).toBeGreaterThan(0);
			expect(xU).toBeLessThan(SCROLL_U.width);
			expect(yU).toBeGreaterThan(0);
			expect(yU).toBeLessThan(SCROLL_U.height);
		}
	});

	it('can be drawn for one house alone, and for none', () => {
		const alone = projectionFor([{ lat: 39.9, lon: 116 }])({ lat: 39.9, lon: 116 });
		expect(Number.isFinite(alone.xU + alone.yU)).toBe(true);
		const none = projectionFor([])({ lat: 39.9, lon: 116 });
		expect(Number.isFinite(none.xU + none.yU)).toBe(true);
	});

	it('move houses of one address apart', () => {
		const [a, b] = spreadPoints([
			{ xU: 100, yU: 50 },
			{ xU: 100, yU: 50 },
		]);
		expect(Math.abs((a?.xU ?? 0) - (b?.xU ?? 0))).toBeGreaterThan(24);
	});

	for (const language of LANGUAGES) {
		it(`name every house without covering another (${language})`, () => {
			const points = spreadPoints(museums.map((house) => project(house.point)));
			const requests = museums.map((house, i) => ({
				at: points[i] ?? { xU: 0, yU: 0 },
				...labelSize(pickText(house.name, language).text, language),
			}));
			const boxes = placeLabels(requests);
			const covered = boxes.flatMap((box, i) =>
				boxes
					.slice(i + 1)
					.flatMap((other, j) =>
						overlaps(box, other) ? `${museums[i]?.id} × ${museums[i + 1 + j]?.id}` : [],
					),
			);
			expect(covered).toEqual([]);
			for (const box of boxes) {
				expect(box.xU).toBeGreaterThan(0);
				expect(box.yU).toBeGreaterThan(0);
				expect(box.xU + box.widthU).toBeLessThan(SCROLL_U.width);
				expect(box.yU + box.heightU).toBeLessThan(SCROLL_U.height);
			}
		});
	}

	it('break a long name into even columns and leave no letter out', () => {
		const { lines } = labelSize('冀热察挺进军司令部旧址陈列馆', 'zh-CN');
		expect(lines.join('')).toBe('冀热察挺进军司令部旧址陈列馆');
		expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(8);
	});
});

describe('a line of hills', () => {
	const options = { seed: 3, widthU: 600, baseU: 200, heightU: 120, floorU: 220 };

	it('is the same for the same seed and another for another', () => {
		expect(ridge(options)).toEqual(ridge(options));
		expect(ridge(options).outline).not.toBe(ridge({ ...options, seed: 4 }).outline);
	});

	it('rises from its foot, and not where the profile says plain', () => {
		const heights = (outline: string): number[] =>
			[...outline.matchAll(/L[\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y)).slice(0, -1);
		expect(Math.min(...heights(ridge(options).outline))).toBeLessThan(150);
		const plain = heights(ridge({ ...options, profile: () => 0 }).outline);
		expect(new Set(plain)).toEqual(new Set([200]));
	});
});

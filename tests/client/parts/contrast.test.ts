import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCENTS } from '#schema/museum/museum';

const css = readFileSync(resolve(import.meta.dirname, '../../../client/parts/tokens.css'), 'utf8');

function token(name: string): string {
	const found = new RegExp(`--${name}:\\s*(#[0-9a-f]{6});`).exec(css)?.[1];
	if (found === undefined) throw new Error(`tokens.css has no --${name}`);
	return found;
}

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

const GROUNDS = {
	ink: ['ink', 'ink-raised'],
	paper: ['paper', 'paper-raised'],
} as const;

describe('the colours', () => {
	it('are measured as WCAG does', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
		expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
	});

	for (const [side, grounds] of Object.entries(GROUNDS)) {
		for (const ground of grounds) {
			it(`let every text be read on ${ground}`, () => {
				const texts = [
					`text-on-${side}`,
					`muted-on-${side}`,
					...ACCENTS.map((accent) => `${accent}-on-${side}`),
				];
				for (const text of texts) {
					expect(contrast(token(text), token(ground)), `${text} on ${ground}`).toBeGreaterThan(4.5);
				}
			});
		}
	}

	it('let the filled button be read on both grounds', () => {
		for (const side of ['ink', 'paper']) {
			expect(contrast(token(`text-on-${side}`), token(side))).toBeGreaterThan(7);
		}
	});

	it('are the ones the design names', () => {
		expect([token('ink'), token('paper'), token('text-on-paper'), token('text-on-ink')]).toEqual([
			'#14130f',
			'#f4efe4',
			'#23201a',
			'#efe9dc',
		]);
	});
});

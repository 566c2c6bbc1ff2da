import { expect, it } from 'vitest';
import { firstPixel, tellFirstPixel } from '../../../client/state/first-pixel.ts';

it('comes once it is told, however often, and stays', async () => {
	let hasCome = false;
	void firstPixel.then(() => {
		hasCome = true;
	});
	await Promise.resolve();
	expect(hasCome).toBe(false);
	tellFirstPixel();
	tellFirstPixel();
	await firstPixel;
	expect(hasCome).toBe(true);
});

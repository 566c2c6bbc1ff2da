import { expect, it } from 'vitest';
import { deviceProfile } from '../../../../client/engine/stage/device-profile.ts';

it('a small screen under a finger is a phone, whichever way it is held', () => {
	const hand = { widthPx: 390, heightPx: 844 };
	expect(deviceProfile({ ...hand, isTouched: true })).toBe('phone');
	expect(deviceProfile({ widthPx: 844, heightPx: 390, isTouched: true })).toBe('phone');
	expect(deviceProfile({ ...hand, isTouched: false })).toBe('desktop');
	expect(deviceProfile({ widthPx: 1080, heightPx: 1920, isTouched: true })).toBe('desktop');
});

import { expect, it } from 'vitest';
import { deviceProfile, tierProfile } from '../../../client/engine/profile.ts';
import { profilesOf } from '../../../scripts/digitize/ladder/profiles.ts';
import { aLadder } from '../../support/ladder.ts';

it('a small screen under a finger is a phone, whichever way it is held', () => {
	const hand = { widthPx: 390, heightPx: 844 };
	expect(deviceProfile({ ...hand, isTouched: true })).toBe('phone');
	expect(deviceProfile({ widthPx: 844, heightPx: 390, isTouched: true })).toBe('phone');
	expect(deviceProfile({ ...hand, isTouched: false })).toBe('desktop');
	expect(deviceProfile({ widthPx: 1080, heightPx: 1920, isTouched: true })).toBe('desktop');
});

it('what a manifest asks comes first', () => {
	const profiles = { phone: { tier: 'low', texture: 'webp', errorTargetPx: 3 } } as const;
	expect(tierProfile({ profiles }, 'phone')).toEqual({ finest: 'low', errorPx: 3 });
});

it('a manifest from before there were profiles is read as the pipeline would write it now', () => {
	const written = profilesOf(aLadder());
	for (const profile of ['headset', 'phone', 'desktop', 'kiosk'] as const) {
		expect(tierProfile({}, profile)).toEqual(tierProfile({ profiles: written }, profile));
	}
});

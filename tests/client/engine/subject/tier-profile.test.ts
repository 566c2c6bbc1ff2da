import { expect, it } from 'vitest';
import { tierProfile } from '../../../../client/engine/subject/tier-profile.ts';
import { profilesOf } from '../../../../scripts/digitize/ladder/profiles.ts';
import { aLadder } from '../../../support/ladder.ts';

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

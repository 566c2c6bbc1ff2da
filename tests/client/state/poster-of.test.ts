import { expect, it } from 'vitest';
import { SUMMARY_SCHEMAS } from '#schema/record/summary';
import { posterOf } from '../../../client/state/poster-of.ts';
import { aManifest, atSite } from '../../support/assets.ts';
import { anArtefact } from '../../support/records.ts';

const job = null;
const state = { id: 'ab'.repeat(16), status: 'ready' as const, progress: 1, job };

it('a piece has one picture, whether it is there whole or as lists show it', () => {
	const manifest = aManifest(atSite);
	const whole = { ...anArtefact(), asset: { ...state, manifest, failure: null } };
	const summary = SUMMARY_SCHEMAS.artefacts.parse({
		...anArtefact(),
		poster: manifest.poster,
		asset: state,
	});
	const picture = { url: atSite('poster.webp'), widthPx: 8, heightPx: 8 };
	expect(posterOf(whole)).toEqual(picture);
	expect(posterOf(summary)).toEqual(picture);
});

it('a piece that has no picture yet says so in both', () => {
	const whole = { ...anArtefact(), asset: null };
	expect(posterOf(whole)).toBeUndefined();
	const summary = SUMMARY_SCHEMAS.artefacts.parse({ ...whole, poster: null });
	expect(posterOf(summary)).toBeUndefined();
});

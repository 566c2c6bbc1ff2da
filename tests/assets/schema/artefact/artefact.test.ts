import { describe, expect, it } from 'vitest';
import { artefact, artefactWithAsset } from '#schema/artefact/artefact';
import { CC0_URI } from '#schema/value/rights';

const text = { 'zh-CN': '石狮', en: 'Stone lion' };

function anArtefact(isSample: boolean, registration: object = {}) {
	return {
		format: 'xishan-artefact/2',
		id: 'stone-lion',
		kind: 'sculpture',
		museum: 'a-museum',
		name: text,
		summary: text,
		description: text,
		isSample,
		registration: { holder: 'a-museum', name: text, ...registration },
		textAlternative: text,
		rights: CC0_URI,
		credit: text,
		sources: [],
		verification: 'unverified',
	};
}

const CLAIMS = [
	{ registrationNumber: 'A-0001' },
	{ grade: 'first' },
	{ accessioned: '1998' },
] as const;

describe('an artefact', () => {
	it.each(CLAIMS)('that is a sample is refused with %o', (claim) => {
		const parsed = artefact.safeParse(anArtefact(true, claim));
		expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([
			['registration', Object.keys(claim)[0]],
		]);
	});

	it.each(CLAIMS)('that is a holding may state %o', (claim) => {
		expect(artefact.safeParse(anArtefact(false, claim)).success).toBe(true);
	});

	it('is held to the same rule when it comes with its asset', () => {
		const sample = { ...anArtefact(true, { grade: 'third' }), asset: null };
		expect(artefactWithAsset.safeParse(sample).success).toBe(false);
		expect(artefactWithAsset.safeParse({ ...anArtefact(true), asset: null }).success).toBe(true);
	});

	it('fills lists that were left out', () => {
		const parsed = artefact.parse(anArtefact(true));
		expect([parsed.libraries, parsed.traditions, parsed.facts]).toEqual([[], [], []]);
	});
});

import { expect, it } from 'vitest';
import { readPageAddress } from '../../../server/http/page-address.ts';

const PAGES = 'visitor/pages';

it('reads the language, the page and the record on its stage', () => {
	expect(readPageAddress('/artefacts/ridge-beast')).toEqual({
		language: 'zh-CN',
		page: `${PAGES}/ArtefactPage.tsx`,
		staged: { resource: 'artefacts', id: 'ridge-beast', stage: 'stage' },
	});
	expect(readPageAddress('/en/exhibits/first-room/')).toEqual({
		language: 'en',
		page: `${PAGES}/ExhibitPage.tsx`,
		staged: { resource: 'exhibits', id: 'first-room', stage: 'stages/ExhibitStage.tsx' },
	});
});

it('finds no stage on lists and other pages', () => {
	expect(readPageAddress('/artefacts').page).toBe(`${PAGES}/ListPage.tsx`);
	expect(readPageAddress('/en/tours/a-tour/3').page).toBe(`${PAGES}/TourPage.tsx`);
	for (const path of ['/artefacts', '/museums/ridge-beast', '/search', '/en']) {
		expect(readPageAddress(path).staged, path).toBeUndefined();
	}
});

it('leaves the language of the very first address to the browser', () => {
	expect(readPageAddress('/')).toEqual({ language: undefined, page: undefined, staged: undefined });
	expect(readPageAddress('/en').language).toBe('en');
});

it('knows no page of an address that the client does not know, nor of a name that is none', () => {
	expect(readPageAddress('/constructor/x').page).toBeUndefined();
	expect(readPageAddress('/toString').page).toBeUndefined();
	for (const id of ['A', '%2e%2e', "x'--", 'a_b']) {
		expect(readPageAddress(`/artefacts/${id}`).staged, id).toBeUndefined();
	}
});

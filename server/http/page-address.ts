import { recordId } from '#schema/value/id';
import { LANGUAGES, type Language } from '#schema/value/text';
import type { StagedResource } from '../catalogue/first-record.ts';

/** A page of the client by its address. Chunks are named as the build's manifest does: by source, or by their own name. */
export interface PageAddress {
	/** The language the address speaks; undefined at `/`, where the browser chooses. */
	language: Language | undefined;
	/** The page's own chunk; undefined where it is in the shell. */
	page: string | undefined;
	/** The record on its stage. */
	staged: { resource: StagedResource; id: string; stage: string } | undefined;
}

const pageSource = (name: string) => `visitor/pages/${name}.tsx`;
const LIST = pageSource('ListPage');
const JOIN = 'studio/JoinPage.tsx';

/** The pages of `client/visitor/App.tsx`: what stands at an address of one part, and at one with a name behind it. */
const SECTIONS: Readonly<Record<string, { all?: string; one?: string }>> = {
	museums: { all: LIST, one: pageSource('MuseumPage') },
	artefacts: { all: LIST, one: pageSource('ArtefactPage') },
	traditions: { all: LIST, one: pageSource('TraditionPage') },
	libraries: { one: pageSource('LibraryPage') },
	exhibits: { one: pageSource('ExhibitPage') },
	tours: { one: pageSource('TourPage') },
	search: { all: pageSource('SearchPage') },
	about: { all: pageSource('AboutPage') },
	welcome: { all: JOIN },
	invitation: { all: JOIN },
	reset: { all: JOIN },
};

/** The chunk that draws each kind of stage. */
const STAGES: Record<StagedResource, string> = {
	artefacts: 'stage',
	exhibits: 'stages/ExhibitStage.tsx',
};

const isStaged = (section: string): section is StagedResource => Object.hasOwn(STAGES, section);

/** Every chunk that an address can name; a build that lacks one of them has been rearranged. */
export function namedChunks(): string[] {
	const pages = Object.values(SECTIONS).flatMap(({ all, one }) => [all, one]);
	const named = [...pages, ...Object.values(STAGES)];
	return [...new Set(named.filter((each) => each !== undefined))];
}

/** Reads the path of a page, without its query. One that the client does not know has no chunk either. */
export function readPageAddress(path: string): PageAddress {
	const parts = path.split('/').filter((part) => part !== '');
	const prefix = LANGUAGES.find((each) => each === parts[0] && each !== 'zh-CN');
	const language = prefix ?? (parts.length > 0 ? 'zh-CN' : undefined);
	const [section = '', id] = prefix ? parts.slice(1) : parts;
	const known = Object.hasOwn(SECTIONS, section) ? SECTIONS[section] : undefined;
	if (id === undefined) return { language, page: known?.all, staged: undefined };
	const isNamed = isStaged(section) && recordId.safeParse(id).success;
	const staged = isNamed ? { resource: section, id, stage: STAGES[section] } : undefined;
	return { language, page: known?.one, staged };
}

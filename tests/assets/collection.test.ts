import { describe, expect, it } from 'vitest';
import { RESOURCES } from '#schema/record/resources';
import {
	collectionFiles,
	falseClaims,
	faultsOf,
	records,
	repeated,
	scans,
	sourceModelExists,
} from './read-collection.ts';

const museums = records('museums');
const artefacts = records('artefacts');
const traditions = records('traditions');
const libraries = records('libraries');
const places = records('places');
const exhibits = records('exhibits');
const tours = records('tours');

const ids = {
	museum: new Set(museums.map((r) => r.id)),
	artefact: new Set(artefacts.map((r) => r.id)),
	tradition: new Set(traditions.map((r) => r.id)),
	library: new Set(libraries.map((r) => r.id)),
	place: new Set(places.map((r) => r.id)),
};

/** References of `from` that name nothing, as sentences. */
function dangling(kind: keyof typeof ids, from: string, to: readonly (string | undefined)[]) {
	return to
		.filter((id): id is string => id !== undefined && !ids[kind].has(id))
		.map((id) => `${from} → ${kind} ${id}`);
}

/** Every object below `value` that is a public text, with the path to it. */
function textsOf(value: unknown, path: string): { path: string; text: Record<string, unknown> }[] {
	if (typeof value !== 'object' || value === null) return [];
	if ('zh-CN' in value) return [{ path, text: { ...value } }];
	return Object.entries(value).flatMap(([key, child]) => textsOf(child, `${path}.${key}`));
}

describe('the files of the demo cluster', () => {
	it('are all known to a schema and all accepted by it', () => {
		expect(collectionFiles().flatMap(faultsOf)).toEqual([]);
	});

	it('cover every resource of the catalogue', () => {
		const wanted = [...RESOURCES.map((resource) => `${resource}.json`), 'scans.json'];
		expect(collectionFiles().toSorted()).toEqual(wanted.toSorted());
	});

	it('give no id twice, in no resource', () => {
		const all = RESOURCES.flatMap((resource) => records(resource).map((record) => record.id));
		expect(repeated(all)).toEqual([]);
	});
});

describe('the size of the demo cluster', () => {
	it('has exactly one hub, the Yongding River Culture Museum', () => {
		expect(museums.filter((m) => m.isHub).map((m) => m.id)).toEqual([
			'yongding-river-culture-museum',
		]);
	});

	it('has the ten named libraries in three groups, numbered as in the plan', () => {
		const numbers = libraries.map((l) => l.number).toSorted((a, b) => a - b);
		expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		const groups = libraries.toSorted((a, b) => a.number - b.number).map((l) => l.group);
		const plan = { books: 5, culture: 3, heritage: 2 };
		const wanted = Object.entries(plan).flatMap(([group, n]) => Array<string>(n).fill(group));
		expect(groups).toEqual(wanted);
	});

	it('carries the names of the libraries as the plan prints them', () => {
		const names = libraries.toSorted((a, b) => a.number - b.number).map((l) => l.name['zh-CN']);
		expect(names).toEqual([
			'京西红色文化',
			'京西旅游手绘图卷',
			'青少年科普',
			'西山永定河文化',
			'绿色康养',
			'山村戏曲',
			'民俗文化',
			'原创作品',
			'门头沟区历史文化保护传承',
			'数字文脉',
		]);
	});

	it('has enough museums, traditions, samples, exhibits and tours to be a cluster', () => {
		expect(museums.length).toBeGreaterThanOrEqual(14);
		expect(traditions.length).toBeGreaterThanOrEqual(16);
		expect(artefacts.filter((a) => a.isSample).length).toBeGreaterThanOrEqual(10);
		expect(exhibits.length).toBeGreaterThanOrEqual(2);
		expect(tours.length).toBeGreaterThanOrEqual(1);
	});

	it('spreads the accents, so that no two neighbours need look the same', () => {
		const used = new Set(museums.map((m) => m.accent));
		expect(used.size).toBe(5);
	});
});

describe('references', () => {
	it('of museums resolve, and a signature piece belongs to its museum', () => {
		const wrong = museums.flatMap((m) => [
			...dangling('place', m.id, [m.place]),
			...dangling('artefact', m.id, [m.signatureArtefact]),
			...artefacts
				.filter((a) => a.id === m.signatureArtefact && a.museum !== m.id)
				.map((a) => `${m.id} signs with ${a.id} of ${a.museum}`),
		]);
		expect(wrong).toEqual([]);
	});

	it('of artefacts resolve, and the holder is the museum that shows them', () => {
		const wrong = artefacts.flatMap((a) => [
			...dangling('museum', a.id, [a.museum, a.registration.holder]),
			...dangling('place', a.id, [a.place]),
			...dangling('library', a.id, a.libraries),
			...dangling('tradition', a.id, a.traditions),
			...(a.museum === a.registration.holder ? [] : [`${a.id} is held elsewhere`]),
		]);
		expect(wrong).toEqual([]);
	});

	it('of traditions resolve', () => {
		const wrong = traditions.flatMap((r) => [
			...dangling('museum', r.id, r.museums),
			...dangling('artefact', r.id, r.artefacts),
			...dangling('library', r.id, r.libraries),
			...dangling('place', r.id, r.places),
		]);
		expect(wrong).toEqual([]);
	});

	it('between artefacts and traditions read the same from both ends', () => {
		const forth = artefacts.flatMap((a) => a.traditions.map((id) => `${a.id} – ${id}`));
		const back = traditions.flatMap((r) => r.artefacts.map((id) => `${id} – ${r.id}`));
		expect(forth.toSorted()).toEqual(back.toSorted());
	});

	it('of tours resolve, and a tour lists every museum its stops are at', () => {
		const wrong = tours.flatMap((tour) => [
			...dangling('museum', tour.id, tour.museums),
			...tour.stops.flatMap((stop) => {
				const artefact = artefacts.find((a) => a.id === stop.artefact);
				const at = stop.museum ?? artefact?.museum;
				return [
					...dangling('artefact', stop.id, [stop.artefact]),
					...dangling('tradition', stop.id, [stop.tradition]),
					...dangling('museum', stop.id, [stop.museum]),
					...(at && !tour.museums.includes(at) ? [`${stop.id} is at ${at}`] : []),
				];
			}),
		]);
		expect(wrong).toEqual([]);
		expect(tours.flatMap((tour) => repeated(tour.stops.map((stop) => stop.id)))).toEqual([]);
	});

	it('fill every library but those the cluster holds no record for', () => {
		const used = new Set([...artefacts, ...traditions].flatMap((record) => record.libraries));
		const empty = libraries.filter((l) => !used.has(l.id)).map((l) => l.id);
		expect(empty.toSorted()).toEqual(['jingxi-hand-drawn-scrolls', 'jingxi-red-culture']);
	});

	it('lead the tour through at least five museums and give artefact stops a camera', () => {
		for (const tour of tours) {
			expect(tour.museums.length).toBeGreaterThanOrEqual(5);
			expect(tour.stops.length).toBeGreaterThanOrEqual(8);
			const blind = tour.stops.filter((stop) => stop.artefact && !stop.camera);
			expect(blind.map((stop) => stop.id)).toEqual([]);
		}
	});
});

describe('scans', () => {
	it('name every sample once and a source model that is there', () => {
		expect(
			scans()
				.map((scan) => scan.artefact)
				.toSorted(),
		).toEqual(artefacts.map((a) => a.id).toSorted());
		const missing = scans().filter((scan) => !sourceModelExists(scan.file));
		expect(missing.map((scan) => `assets/sources/${scan.file} is missing`)).toEqual([]);
	});
});

describe('honesty', () => {
	it('shows samples as samples: no number, no grade, no 示例 in the name, CC0', () => {
		const samples = artefacts.filter((a) => a.isSample);
		expect(samples.flatMap((a) => falseClaims(a).map((claim) => `${a.id}: ${claim}`))).toEqual([]);
		expect(samples.filter((a) => a.name['zh-CN'].includes('示例')).map((a) => a.id)).toEqual([]);
		expect(new Set(samples.map((a) => a.rights))).toEqual(
			new Set(['https://creativecommons.org/publicdomain/zero/1.0/']),
		);
	});

	it('calls nothing verified that names fewer than two sources', () => {
		const all = [...museums, ...artefacts, ...traditions, ...places, ...libraries, ...tours];
		const wrong = all.flatMap((record) =>
			[{ ...record, label: { 'zh-CN': 'record' } }, ...record.facts]
				.filter((claim) => claim.verification === 'verified')
				.filter((claim) => new Set(claim.sources.map((s) => s.title + s.date)).size < 2)
				.map((claim) => `${record.id}: ${claim.label['zh-CN']}`),
		);
		expect(wrong).toEqual([]);
	});

	it('keeps both values where the sources disagree', () => {
		const cuandixia = museums.find((m) => m.id === 'cuandixia-village');
		const counts = cuandixia?.facts.filter((fact) => fact.label.en === 'Scale') ?? [];
		expect(counts.map((fact) => fact.value.en)).toEqual([
			'74 courtyards, 689 rooms',
			'Seventy-odd courtyards, 500 rooms',
		]);
		expect(counts.every((fact) => fact.sources.length > 0)).toBe(true);
	});

	it('leaves list codes that no source confirms out of the code field', () => {
		const byId = (id: string) => traditions.find((r) => r.id === id);
		expect(byId('glazed-tile-firing')?.code).toBeUndefined();
		expect(byId('yongding-river-legends')?.code).toBeUndefined();
		expect(byId('jingxi-taiping-drum')?.code).toBe('Ⅲ-1');
	});

	it('marks positions on earth as approximate, all but the one that was read', () => {
		const sharp = museums.filter((m) => m.point.accuracyM < 2000).map((m) => m.id);
		expect(sharp).toEqual(['tanzhe-temple']);
	});
});

describe('language', () => {
	it('gives every public text in Chinese and in English', () => {
		const texts = RESOURCES.flatMap((resource) =>
			records(resource).flatMap((record) => textsOf(record, `${resource}/${record.id}`)),
		);
		expect(texts.length).toBeGreaterThan(300);
		expect(texts.filter(({ text }) => typeof text.en !== 'string').map((t) => t.path)).toEqual([]);
	});

	it('writes Chinese in Chinese punctuation and English in Latin letters', () => {
		const wrong = RESOURCES.flatMap((resource) =>
			records(resource).flatMap((record) => textsOf(record, `${resource}/${record.id}`)),
		).filter(
			({ text }) =>
				/\p{Script=Han}[,;:!?]/u.test(String(text['zh-CN'])) ||
				/\p{Script=Han}/u.test(String(text.en)),
		);
		expect(wrong.map(({ path }) => path)).toEqual([]);
	});
});

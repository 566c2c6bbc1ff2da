import { artefact } from '#schema/artefact/artefact';
import type { Artefact } from '#schema/artefact/artefact-shape';
import { type Article, article } from '#schema/article/article';
import { exhibit } from '#schema/exhibit/exhibit';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { type Library, library } from '#schema/library/library';
import { type Museum, museum } from '#schema/museum/museum';
import { type Place, place } from '#schema/place/place';
import { type Story, story } from '#schema/story/story';
import { type Tour, tour } from '#schema/tour/tour';
import { type Tradition, tradition } from '#schema/tradition/tradition';
import { CC0_URI } from '#schema/value/rights';

/** Builders of small records that pass the contract; say only what a test is about. */

const PROVENANCE = { facts: [], sources: [], verification: 'unverified' } as const;

function text(zh: string, en: string) {
	return { 'zh-CN': zh, en };
}

export function aMuseum(change: Partial<Museum> = {}): Museum {
	return museum.parse({
		format: 'xishan-museum/2',
		id: 'river-museum',
		kind: 'museum',
		name: text('永定河文化博物馆', 'Yongding River Culture Museum'),
		summary: text('一条河的故事', 'The story of one river'),
		description: text('河出西山', 'Where the river leaves the hills'),
		district: 'mentougou',
		point: { lat: 39.94, lon: 116.1, accuracyM: 500 },
		accent: 'peacock-blue',
		...PROVENANCE,
		...change,
	});
}

export function anArtefact(change: Partial<Artefact> = {}): Artefact {
	const name = change.name ?? text('琉璃鸱吻', 'Glazed ridge beast');
	return artefact.parse({
		format: 'xishan-artefact/2',
		id: 'ridge-beast',
		kind: 'sculpture',
		museum: 'river-museum',
		summary: text('屋脊上的神兽', 'A beast on the ridge'),
		description: text('张口吞脊', 'It bites the ridge'),
		isSample: true,
		registration: { holder: change.museum ?? 'river-museum', name },
		textAlternative: text('一只绿釉神兽', 'A green-glazed beast'),
		rights: CC0_URI,
		credit: text('西山', 'Xishan'),
		...PROVENANCE,
		...change,
		name,
	});
}

export function aTradition(change: Partial<Tradition> = {}): Tradition {
	return tradition.parse({
		format: 'xishan-tradition/2',
		id: 'taiping-drum',
		name: text('京西太平鼓', 'Taiping drum of western Beijing'),
		summary: text('边打边舞', 'Drummed and danced at once'),
		description: text('铁圈蒙羊皮', 'Sheepskin on an iron ring'),
		category: 'traditional-dance',
		level: 'national',
		region: text('门头沟', 'Mentougou'),
		...PROVENANCE,
		...change,
	});
}

export function aLibrary(change: Partial<Library> = {}): Library {
	return library.parse({
		format: 'xishan-library/2',
		id: 'river-library',
		number: 1,
		group: 'culture',
		name: text('永定河文化库', 'River culture library'),
		summary: text('河与人', 'The river and its people'),
		...PROVENANCE,
		...change,
	});
}

export function aPlace(change: Partial<Place> = {}): Place {
	return place.parse({
		format: 'xishan-place/2',
		id: 'cuandixia',
		kind: 'village',
		name: text('爨底下村', 'Cuandixia village'),
		summary: text('山里的古村', 'An old village in the hills'),
		district: 'mentougou',
		...PROVENANCE,
		...change,
	});
}

export function anExhibit(change: Partial<Exhibit> = {}): Exhibit {
	return exhibit.parse({
		format: 'xishan-exhibit/2',
		id: 'first-room',
		museum: 'river-museum',
		name: text('开馆展', 'First exhibition'),
		summary: text('一间屋子', 'One room'),
		description: text('一件展品', 'One piece'),
		isSample: true,
		rooms: [{ id: 'main', template: 'ink-hall', sizeM: [8, 4, 8], positionM: [0, 0, 0] }],
		entrance: { room: 'main', positionM: [0, 0, 3], yawRad: 0 },
		pieces: [
			{
				id: 'beast',
				room: 'main',
				shows: { kind: 'artefact', artefact: 'ridge-beast' },
				positionM: [0, 0, 0],
				yawRad: 0,
				plinth: { shape: 'box', heightM: 1, widthM: 0.6 },
				caption: text('鸱吻', 'Ridge beast'),
			},
		],
		lights: [
			{
				kind: 'fill',
				id: 'fill',
				room: 'main',
				skyColor: '#ffffff',
				groundColor: '#222222',
				intensity: 1,
			},
		],
		rights: CC0_URI,
		...PROVENANCE,
		...change,
	});
}

export function aTour(change: Partial<Tour> = {}): Tour {
	return tour.parse({
		format: 'xishan-tour/2',
		id: 'short-tour',
		name: text('小导览', 'A short tour'),
		summary: text('一站', 'One stop'),
		museums: ['river-museum'],
		stops: [
			{
				id: 'stop',
				artefact: 'ridge-beast',
				title: text('鸱吻', 'Ridge beast'),
				narration: text('请看', 'Look'),
				caption: text('看', 'Look'),
				durationS: 20,
			},
		],
		...PROVENANCE,
		...change,
	});
}

export function anArticle(change: Partial<Article> = {}): Article {
	const paragraph = (words: string) => ({
		type: 'doc' as const,
		content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
	});
	return article.parse({
		format: 'xishan-article/1',
		id: 'how-glaze-runs',
		museum: 'river-museum',
		name: text('釉怎样流', 'How glaze runs'),
		body: { 'zh-CN': paragraph('釉在凹处积得厚'), en: paragraph('Glaze pools in the hollows') },
		...PROVENANCE,
		...change,
	});
}

export function aStory(change: Partial<Story> = {}): Story {
	return story.parse({
		format: 'xishan-story/1',
		id: 'around-the-beast',
		name: text('绕着鸱吻走', 'Around the beast'),
		summary: text('一步', 'One step'),
		subject: { kind: 'artefact', artefact: 'ridge-beast' },
		steps: [
			{
				id: 'jaws',
				camera: { positionM: [0, 0.5, 2], targetM: [0, 0.3, 0] },
				narration: { text: text('张口吞脊', 'It bites the ridge') },
				durationS: 12,
			},
		],
		...PROVENANCE,
		...change,
	});
}

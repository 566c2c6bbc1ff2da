import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Artefact } from '#schema/artefact/artefact-shape';
import type { LocalizedText } from '#schema/value/text';
import type { Publication } from '../../server/catalogue/publish-records.ts';
import { aMuseum, anArtefact } from './records.ts';
import { seededRandom } from './seeded-random.ts';

const COLLECTION = resolve(import.meta.dirname, '../../assets/collection');
const MUSEUMS = 40;
const PLACES = [...'永定河琉璃渠潭柘寺戒台法海爨底下灵水沿河城天桥浮妙峰山模式口承恩'];
const MATERIALS = [...'青铜白玉黄釉绿釉紫石竹木麻纸丝绸陶瓷铁锡银金漆骨角贝'];
const OBJECTS = ['鸱吻', '香炉', '梅瓶', '砚台', '太平鼓', '门墩', '石狮', '经幢', '匾额', '地契'];
const WORDS = [
	'Vase',
	'Bell',
	'Drum',
	'Inkstone',
	'Censer',
	'Stele',
	'Lion',
	'Deed',
	'Plaque',
	'Jar',
];

/** Clauses of the demo cluster's own texts, in both languages: what real descriptions are made of. */
function clauses(): { zh: string[]; en: string[] } {
	const texts: LocalizedText[] = [];
	for (const name of ['museums', 'artefacts', 'traditions', 'places']) {
		const records = JSON.parse(readFileSync(join(COLLECTION, `${name}.json`), 'utf8'));
		for (const { summary, description, textAlternative } of records) {
			for (const text of [summary, description, textAlternative]) if (text) texts.push(text);
		}
	}
	return {
		zh: texts.flatMap((text) => text['zh-CN'].split(/(?<=[，。；：])/u)),
		en: texts.flatMap((text) => (text.en ?? '').split(/(?<=[,.;:]) /u)),
	};
}

/** The museums that `manyArtefacts` belong to. */
export function manyMuseums(): Publication[] {
	return Array.from({ length: MUSEUMS }, (_, i) => ({
		resource: 'museums',
		document: aMuseum({ id: `museum-${i}`, name: { 'zh-CN': `第${i}馆` } }),
		weight: i,
	}));
}

/** Artefacts such as a district has: each with its own name and some 3 kB of texts, always the same ones. */
export function* manyArtefacts(count: number): Generator<Publication> {
	const { zh, en } = clauses();
	const draw = seededRandom(1);
	const one = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
	const text = (parts: number): LocalizedText => ({
		'zh-CN': Array.from({ length: parts }, () => one(zh)).join(''),
		en: Array.from({ length: parts }, () => one(en)).join(' '),
	});
	const base = anArtefact();
	for (let i = 0; i < count; i++) {
		const name = {
			'zh-CN': `${one(PLACES)}${one(PLACES)}${one(MATERIALS)}${one(MATERIALS)}${one(OBJECTS)}`,
			en: `${one(WORDS)} no. ${i}`,
		};
		const museum = `museum-${Math.floor(draw() * MUSEUMS)}`;
		const document: Artefact = {
			...base,
			id: `piece-${i}`,
			museum,
			name,
			summary: text(3),
			description: text(10),
			textAlternative: text(6),
			registration: { ...base.registration, holder: museum, name, material: text(1) },
		};
		yield { resource: 'artefacts', document, weight: i };
	}
}

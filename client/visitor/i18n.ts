import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#schema/value/text';
import { loadChunk } from '../state/load-chunk.ts';

type Texts = Record<string, unknown>;

/** Every language and namespace is a chunk of its own: a page loads the words it shows. */
const LOADERS = import.meta.glob<Texts>('../../assets/locales/*/*.json', { import: 'default' });

const backend = {
	type: 'backend' as const,
	init: () => {},
	read: (language: string, namespace: string): Promise<Texts> => {
		const load = LOADERS[`../../assets/locales/${language}/${namespace}.json`];
		return load
			? loadChunk(load)
			: Promise.reject(new Error(`no words for ${language}/${namespace}`));
	},
};

/** Starts the interface's words in one language. Both languages are complete (tested), so nothing falls back. */
export async function startI18n(language: Language): Promise<i18n> {
	const instance = createInstance();
	await instance
		.use(backend)
		.use(initReactI18next)
		.init({
			lng: language,
			ns: ['interface'],
			defaultNS: 'interface',
			fallbackLng: false,
			interpolation: { escapeValue: false },
			// A word of a closed vocabulary that only a newer server knows is shown as it is.
			parseMissingKeyHandler: (key: string) => key.slice(key.lastIndexOf('.') + 1),
			showSupportNotice: false,
		} as Parameters<i18n['init']>[0]);
	return instance;
}

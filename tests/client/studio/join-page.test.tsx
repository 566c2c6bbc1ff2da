import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInstance } from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { expect, it } from 'vitest';
import { Router } from 'wouter';
import type { Language } from '#schema/value/text';
import { VisitContext } from '../../../client/parts/hooks/visit-context.ts';
import { createVisit } from '../../../client/state/visit.ts';
import { JoinPage } from '../../../client/studio/JoinPage.tsx';

const LOCALES = resolve(import.meta.dirname, '../../../assets/locales');

async function render(way: 'welcome' | 'invitation' | 'reset', language: Language) {
	const words = createInstance();
	const read = (namespace: string) =>
		JSON.parse(readFileSync(`${LOCALES}/${language}/${namespace}.json`, 'utf8'));
	const resources = { interface: read('interface'), studio: read('studio') };
	await words.use(initReactI18next).init({
		lng: language,
		defaultNS: 'interface',
		resources: { [language]: resources },
		interpolation: { escapeValue: false },
	});
	const memory = { getItem: () => null, setItem: () => {} };
	const visit = createVisit('/', memory, new AbortController().signal);
	return renderToStaticMarkup(
		<I18nextProvider i18n={words}>
			<VisitContext value={visit}>
				<Router ssrPath={`/${way}`} ssrSearch="token=x">
					<JoinPage way={way} />
				</Router>
			</VisitContext>
		</I18nextProvider>,
	);
}

it.each([
	['welcome', ['name', 'email', 'password']],
	['invitation', ['name', 'password']],
	['reset', ['password']],
] as const)('%s asks for what its link needs, each under its own label', async (way, asks) => {
	for (const language of ['zh-CN', 'en'] as const) {
		const html = await render(way, language);
		expect([...html.matchAll(/ name="(\w+)"/g)].map(([, name]) => name)).toEqual(asks);
		expect([...html.matchAll(/<label/g)]).toHaveLength(asks.length);
		expect(html).not.toMatch(/join\.\w+/);
		// The secret is in the address alone.
		expect(html).not.toContain('"x"');
	}
});

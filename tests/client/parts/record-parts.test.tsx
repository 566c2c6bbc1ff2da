import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInstance } from 'i18next';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { Language } from '#schema/value/text';
import { FactList } from '../../../client/parts/FactList.tsx';
import { VisitContext } from '../../../client/parts/hooks/visit-context.ts';
import { LocalText } from '../../../client/parts/LocalText.tsx';
import { lunarDays } from '../../../client/parts/LunarDays.tsx';
import { RegistrationTable } from '../../../client/parts/RegistrationTable.tsx';
import { createVisit } from '../../../client/state/visit.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';

const LOCALES = resolve(import.meta.dirname, '../../../assets/locales');

/** A part of a page as a browser would first get it, in one language. */
async function render(part: ReactNode, language: Language): Promise<string> {
	const words = createInstance();
	const resources = JSON.parse(readFileSync(`${LOCALES}/${language}/interface.json`, 'utf8'));
	await words.use(initReactI18next).init({
		lng: language,
		defaultNS: 'interface',
		resources: { [language]: { interface: resources } },
		interpolation: { escapeValue: false },
	});
	const memory = { getItem: () => null, setItem: () => {} };
	const path = language === 'en' ? '/en' : '/';
	const visit = createVisit(path, memory, new AbortController().signal);
	return renderToStaticMarkup(
		<I18nextProvider i18n={words}>
			<VisitContext value={visit}>{part}</VisitContext>
		</I18nextProvider>,
	);
}

describe('a text of the collection', () => {
	const both = { 'zh-CN': '鸱吻', en: 'Ridge beast' };

	it('stands there plainly in a language it has', async () => {
		expect(await render(<LocalText value={both} />, 'en')).toBe('Ridge beast');
		expect(await render(<LocalText value={both} />, 'zh-CN')).toBe('鸱吻');
	});

	it('falls back visibly, and says to a screen reader which language it is', async () => {
		const html = await render(<LocalText value={{ 'zh-CN': '鸱吻' }} />, 'en');
		expect(html).toContain('<span lang="zh-CN">鸱吻</span>');
		expect(html).toContain('fallback-mark');
		expect(html).toContain('Chinese');
	});

	it('writes Roman numerals our fonts cannot draw as letters', async () => {
		expect(await render(<LocalText value={{ 'zh-CN': 'Ⅲ-1、Ⅹ-71' }} />, 'zh-CN')).toBe(
			'III-1、X-71',
		);
	});
});

describe('the registration of an artefact', () => {
	it('shows all 14 fields and says which are missing', async () => {
		const { registration } = anArtefact();
		const html = await render(
			<RegistrationTable record={registration} holder={aMuseum()} />,
			'zh-CN',
		);
		const present = Object.keys(registration).length;
		expect(html.match(/<dt>/g)).toHaveLength(14);
		expect(html.match(/register-missing/g)).toHaveLength(14 - present);
		expect(html.match(/待补<\/dd>/g)).toHaveLength(14 - present);
	});

	it('gives lengths in centimetres, to the millimetre', async () => {
		const registration = {
			...anArtefact().registration,
			dimensions: { widthM: 0.1234, heightM: 1.2 },
		};
		const html = await render(<RegistrationTable record={registration} holder={undefined} />, 'en');
		expect(html).toContain('12.3 cm wide, 120 cm high');
	});
});

describe('the facts of a record', () => {
	it('each say how sure they are and where they come from', async () => {
		const fact = {
			label: { 'zh-CN': '始建', en: 'Built' },
			value: { 'zh-CN': '1439年', en: '1439' },
			verification: 'single-source' as const,
			sources: [{ title: 'A source' }],
		};
		const html = await render(<FactList facts={[fact]} />, 'en');
		expect(html).toContain('One source');
		expect(html).toContain('1 source');
		expect(html).toContain('A source');
		expect(await render(<FactList facts={[]} />, 'en')).toBe('');
	});
});

describe('the days of the Chinese calendar', () => {
	const days = (month: number, firstDay: number, lastDay: number) => ({ month, firstDay, lastDay });

	it('are said as people say them', () => {
		expect(lunarDays(days(1, 15, 16), 'zh-CN')).toBe('正月十五至十六');
		expect(lunarDays(days(4, 1, 15), 'zh-CN')).toBe('四月初一至十五');
		expect(lunarDays(days(12, 20, 30), 'zh-CN')).toBe('腊月二十至三十');
		expect(lunarDays(days(8, 10, 10), 'zh-CN')).toBe('八月初十');
		expect(lunarDays(days(7, 21, 21), 'zh-CN')).toBe('七月廿一');
		expect(lunarDays(days(1, 15, 16), 'en')).toBe('1/15–16');
	});
});

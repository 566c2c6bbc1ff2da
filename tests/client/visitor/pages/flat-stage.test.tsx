import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInstance } from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { expect, it } from 'vitest';
import { assetManifest } from '#schema/asset/asset-manifest';
import type { Language } from '#schema/value/text';
import { VisitContext } from '../../../../client/parts/hooks/visit-context.ts';
import { createVisit } from '../../../../client/state/visit.ts';
import { StageBox } from '../../../../client/visitor/pages/artefact/StageBox.tsx';
import { anArtefact } from '../../../support/records.ts';

const LOCALES = resolve(import.meta.dirname, '../../../../assets/locales');
const HASH = 'ab'.repeat(32);
const file = (name: string) => ({ file: `/objects/${name}`, bytes: 12_400_000, sha256: HASH });
const source = { name: 'scan', bytes: 1, sha256: HASH };
const px = { widthPx: 4000, heightPx: 3000 };
const captions = [{ ...file('captions-zh-CN.vtt'), language: 'zh-CN', cues: 1 }];

/** The stage of an artefact whose asset is of some kind, as a browser would first get it. */
async function render(kind: string, parts: object, language: Language): Promise<string> {
	const words = createInstance();
	const resources = JSON.parse(readFileSync(`${LOCALES}/${language}/interface.json`, 'utf8'));
	await words.use(initReactI18next).init({
		lng: language,
		defaultNS: 'interface',
		resources: { [language]: { interface: resources } },
		interpolation: { escapeValue: false },
	});
	const manifest = assetManifest.parse({
		...{ format: 'xishan-asset/1', kind, report: '/objects/report.json' },
		poster: { file: '/objects/poster.webp', widthPx: 8, heightPx: 8 },
		recipe: { tools: {}, options: {} },
		...parts,
	});
	const asset = {
		...{ id: 'a'.repeat(32), status: 'ready' as const, progress: 1, job: null, failure: null },
		manifest,
	};
	const memory = { getItem: () => null, setItem: () => {} };
	const path = language === 'en' ? '/en' : '/';
	const visit = createVisit(path, memory, new AbortController().signal);
	return renderToStaticMarkup(
		<I18nextProvider i18n={words}>
			<VisitContext value={visit}>
				<StageBox artefact={{ ...anArtefact(), asset }} />
			</VisitContext>
		</I18nextProvider>,
	);
}

it('a recording plays by itself, over its picture, with its captions', async () => {
	const parts = {
		source: { ...source, durationS: 1, channels: 1, sampleRateHz: 48_000 },
		streams: [
			{ ...file('sound.opus'), codec: 'opus', bitrateKbps: 96 },
			{ ...file('sound.m4a'), codec: 'aac', bitrateKbps: 128 },
		],
		loudness: { inputLufs: -20, outputLufs: -16, truePeakDb: -1 },
		captions,
	};
	const html = await render('audio', parts, 'zh-CN');
	expect(html).toMatch(/<video[^>]* controls=""[^>]* poster="\/objects\/poster.webp"/);
	expect(html.indexOf('sound.opus')).toBeLessThan(html.indexOf('sound.m4a'));
	expect(html).toMatch(/<track kind="captions" src="[^"]*captions-zh-CN.vtt" srcLang="zh-CN"/);
	expect(html).toContain('aria-label="琉璃鸱吻"');
});

it('a film is offered as HLS, and to readers of another language without default captions', async () => {
	const parts = {
		source: { ...source, ...px, durationS: 1, framesPerS: 25 },
		hls: {
			...{ file: '/objects/assets/a/hls/master.m3u8', count: 1, bytes: 1 },
			renditions: [{ ...px, bitrateKbps: 1 }],
		},
		captions,
	};
	const html = await render('video', parts, 'en');
	expect(html).toMatch(/hls\/master.m3u8" type="application\/vnd.apple.mpegurl"/);
	expect(html).toContain('label="Chinese (China)"');
	expect(html).not.toMatch(/<track[^>]* default/);
});

it('a picture hangs there and links to the whole of it, saying how much that is', async () => {
	const parts = {
		source: { ...source, ...px },
		master: { ...file('master.tif'), ...px, levels: 3, tilePx: 512 },
		iiif: { file: '/objects/assets/a/iiif/info.json', tilePx: 512, count: 1, bytes: 1 },
	};
	const html = await render('image', parts, 'en');
	expect(html).toContain('<img src="/objects/poster.webp"');
	expect(html).toContain('href="/objects/master.tif"');
	expect(html).toContain('4000 × 3000 pixels (TIFF, 12 MB)');
});

it('a panorama says what it is', async () => {
	const parts = {
		source: { ...source, ...px },
		faces: {
			...{ pattern: '/objects/{level}', tilePx: 512, levels: [{ facePx: 512 }] },
			...{ count: 1, bytes: 1 },
		},
	};
	const html = await render('panorama', parts, 'zh-CN');
	expect(html).toContain('<img src="/objects/poster.webp"');
	expect(html).toContain('全景图');
});

import { describe, expect, it } from 'vitest';
import type { FirstAnswer } from '#schema/record/first-record';
import { type PageHead, writePageHead } from '../../../server/http/page-head.ts';

const HTML = `<!doctype html>
<html lang="zh-CN" data-fonts>
	<head>
		<meta name="description" content="as built" />
		<title>as built</title>
		<link
			rel="preload"
			href="/assets/serif.woff2"
			as="font"
			crossorigin
		/>
		<link rel="icon" href="/icon.svg" />
	</head>
	<body></body>
</html>
`;

function aHead(change: Partial<PageHead> = {}): PageHead {
	return { scripts: [], styles: [], models: [], isStageFirst: false, answers: [], ...change };
}

function anAnswer(name: string): FirstAnswer {
	const item = { id: 'ridge-beast', name };
	return { resource: 'artefacts', kind: 'records', items: [item] };
}

/** What stands in the page's data element, as a browser reads it. */
function dataOf(page: string): unknown {
	const [, text = ''] =
		/<script type="application\/json" id="first-record">(.*?)<\/script>/s.exec(page) ?? [];
	return JSON.parse(text);
}

describe('the head of a page', () => {
	it('is left as it was built when there is nothing to say', () => {
		expect(writePageHead(HTML, aHead())).toBe(HTML);
	});

	it('says the language, the title and the description of its record', () => {
		const page = writePageHead(
			HTML,
			aHead({ language: 'en', title: 'Beast & Co', description: 'the "beast"' }),
		);
		expect(page).toContain('<html lang="en" data-fonts>');
		expect(page).toContain('<title>Beast &amp; Co</title>');
		expect(page).toContain('content="the &quot;beast&quot;" />');
		expect(page).not.toContain('as built');
	});

	it('lets a hostile name end neither the title, nor an attribute, nor the data', () => {
		const name = '</title></script><script>alert(1)</script><!-- "> \u2028 $& $` 琉璃';
		const page = writePageHead(
			HTML,
			aHead({
				title: name,
				description: name,
				models: [`/objects/${name}`],
				answers: [anAnswer(name)],
			}),
		);
		expect(page.match(/<script/g)).toHaveLength(1);
		expect(page.match(/<\/(?:script|title|head)>/g)).toHaveLength(3);
		expect(page).not.toContain('<!-- ');
		expect(page.split('id="first-record"')[1]).not.toContain('\u2028');
		expect(dataOf(page)).toEqual([anAnswer(name)]);
	});

	it('asks for styles, scripts and the model as the page will, in that order, and for the picture last', () => {
		const page = writePageHead(
			HTML,
			aHead({
				...{ styles: ['/assets/a.css'], scripts: ['/assets/a.js', '/assets/b.js'] },
				...{ models: ['/objects/thumb.glb'], poster: '/objects/poster.webp' },
			}),
		);
		const links = page.match(/<link (?:rel="(?:stylesheet|modulepreload|preload)")[^>]*>/g);
		expect(links).toEqual([
			'<link rel="stylesheet" crossorigin href="/assets/a.css">',
			'<link rel="modulepreload" crossorigin href="/assets/a.js">',
			'<link rel="modulepreload" crossorigin href="/assets/b.js">',
			'<link rel="preload" as="fetch" crossorigin href="/objects/thumb.glb">',
			'<link rel="preload" as="image" fetchpriority="low" href="/objects/poster.webp">',
		]);
	});

	it('has fonts wait where a stage comes first, and nowhere else', () => {
		expect(writePageHead(HTML, aHead({ scripts: ['/a.js'] }))).toContain('as="font"');
		const page = writePageHead(HTML, aHead({ isStageFirst: true }));
		expect(page).not.toContain('woff2');
		expect(page).toContain('<html lang="zh-CN">');
		expect(page).toContain('href="/icon.svg"');
	});

	it('is written into a page without a head by leaving it out', () => {
		const page = writePageHead('<p>bare</p>', aHead({ title: 'x', scripts: ['/a.js'] }));
		expect(page).toBe('<p>bare</p>');
	});
});

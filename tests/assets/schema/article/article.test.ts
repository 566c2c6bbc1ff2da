import { describe, expect, it } from 'vitest';
import { type Article, article } from '#schema/article/article';
import { articleText } from '#schema/article/article-text';
import { richText } from '#schema/article/rich-text';
import { readFrozen } from '../../../support/frozen-documents.ts';

const text = (words: string, ...marks: object[]) => ({
	type: 'text',
	text: words,
	...(marks.length > 0 ? { marks } : {}),
});
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const accepts = (...content: unknown[]) => richText.safeParse({ type: 'doc', content }).success;
const link = (href: unknown) => paragraph(text('鸱吻', { type: 'link', attrs: { href } }));

/** A paragraph in `depth` quotes. */
function quoted(depth: number): unknown {
	const inner: unknown = paragraph(text('深'));
	return Array.from({ length: depth }).reduce(
		(below) => ({ type: 'blockquote', content: [below] }),
		inner,
	);
}

describe('a rich text', () => {
	it.each([
		'https://example.org/a?b=c#d',
		'http://example.org/',
		'mailto:curator@example.org',
		'/artefacts/stone-lion',
		'./next',
		'../up',
		'?q=a',
		'#kiln',
	])('may link to %s', (href) => expect(accepts(link(href))).toBe(true));

	it.each([
		'javascript:alert(1)',
		'JavaScript:alert(1)',
		' javascript:alert(1)',
		'java\nscript:alert(1)',
		'\u0001javascript:alert(1)',
		'data:text/html,x',
		'vbscript:x',
		'ftp://example.org/',
		'//example.org/',
		'/\\example.org/',
		'\\\\example.org',
		'/a\tb',
		'example.org',
		'https://',
		'',
		7,
	])('may not link to %j', (href) => expect(accepts(link(href))).toBe(false));

	it.each([
		['an unknown node', { type: 'script', content: [text('x')] }],
		['an unknown mark', paragraph(text('x', { type: 'blink' }))],
		['an attribute that no node has', { ...paragraph(text('x')), attrs: { onclick: 'x' } }],
		['a heading of the first level', { type: 'heading', attrs: { level: 1 } }],
		['an empty text', paragraph(text(''))],
		['bare text between blocks', text('x')],
		['a list with something else than items', { type: 'bullet_list', content: [paragraph()] }],
		['a figure of no medium', { type: 'figure', attrs: { caption: 'x' } }],
		['HTML', '<p>x</p>'],
	])('refuses %s', (_, block) => expect(accepts(block)).toBe(false));

	it('nests quotes and lists four deep, and is not driven deeper by a hostile one', () => {
		expect(accepts(quoted(4))).toBe(true);
		expect(accepts(quoted(5))).toBe(false);
		expect(accepts(quoted(100_000))).toBe(false);
	});

	it('has a length', () => {
		const page = paragraph(text('字'.repeat(20_000)));
		expect(accepts(...Array(10).fill(page))).toBe(true);
		expect(accepts(...Array(10).fill(page), paragraph(text('字')))).toBe(false);
		expect(accepts()).toBe(false);
	});
});

describe('an article', () => {
	const full: Article = article.parse(readFrozen('article-1.json'));

	it('gives its plain text in each language, a line a block', () => {
		expect(articleText(full.body)).toEqual({
			'zh-CN': '窑火\n釉在凹处积得厚，见鸱吻22\n黄\n绿\n用一件，备三件\n窑门',
			en: 'Glaze pools in the hollows.',
		});
	});

	it('is refused when a figure shows a medium that it does not have', () => {
		const { error } = article.safeParse({ ...full, media: [] });
		expect(error?.issues.map((issue) => issue.path)).toEqual([['body', 'zh-CN']]);
	});

	it('is always there in Chinese', () => {
		expect(article.safeParse({ ...full, body: { en: full.body.en } }).success).toBe(false);
	});
});

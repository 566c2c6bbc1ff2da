import type { Article } from './article.ts';
import type { RichNode } from './rich-text.ts';

function linesOf(node: RichNode): string[] {
	if (node.type === 'figure') return [String(node.attrs?.caption ?? '')];
	const content = node.content ?? [];
	if (content.some((child) => child.type === 'text')) {
		return [content.map((child) => child.text ?? '').join('')];
	}
	return content.flatMap(linesOf);
}

/** The plain text of an article's body in each of its languages: a line a block, captions included, marks left out. */
export function articleText(body: Article['body']): Article['name'] {
	const lines = Object.entries(body).flatMap(([language, doc]) =>
		doc === undefined ? [] : [[language, linesOf(doc).filter(Boolean).join('\n')]],
	);
	return Object.fromEntries(lines);
}

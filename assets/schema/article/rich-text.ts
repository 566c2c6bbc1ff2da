import { z } from 'zod';
import { recordId } from '../value/id.ts';

/**
 * How deep quotes and lists may stand in one another. The schema is built level by level instead of
 * naming itself, so that a hostile document cannot drive the check deeper than this either.
 */
const DEPTH_MAX = 4;
const TEXT_MAX = 20_000;
const INLINES_MAX = 1_000;
const BLOCKS_MAX = 2_000;
const CHARACTERS_MAX = 200_000;

/**
 * Where a link may lead: the web, a letter, or a place of this site. A relative address starts with
 * `/`, `./`, `../`, `?` or `#`; two slashes or a backslash would lead to another host, and any other
 * scheme could run code. Blanks and control characters are refused, because browsers drop some of them.
 */
const linkTarget = z
	.string()
	.max(2_000)
	.regex(
		/^(?:https?:\/\/[^\s\\\p{Cc}]+|mailto:[^\s\\\p{Cc}]+|(?:\/(?!\/)|\.{1,2}\/|[?#])[^\s\\\p{Cc}]*)$/u,
		'an http(s) or mailto address, or one that starts with /, ./, ../, ? or #',
	);

const mark = z.discriminatedUnion('type', [
	z.strictObject({ type: z.enum(['strong', 'em', 'sub', 'sup']) }),
	z.strictObject({ type: z.literal('link'), attrs: z.strictObject({ href: linkTarget }) }),
]);

const text = z.strictObject({
	type: z.literal('text'),
	text: z.string().min(1).max(TEXT_MAX),
	marks: z.array(mark).min(1).max(5).optional(),
});

const inlines = z.array(text).max(INLINES_MAX).optional();

const paragraph = z.strictObject({ type: z.literal('paragraph'), content: inlines });

/** Blocks that hold no others. The first level of headings is the article's name. */
const LEAVES = [
	paragraph,
	z.strictObject({
		type: z.literal('heading'),
		attrs: z.strictObject({ level: z.union([z.literal(2), z.literal(3), z.literal(4)]) }),
		content: inlines,
	}),
	z.strictObject({ type: z.literal('horizontal_rule') }),
	z.strictObject({
		type: z.literal('figure'),
		attrs: z.strictObject({ medium: recordId, caption: z.string().max(1_000).default('') }),
	}),
] as const;

/** A block with `depth` levels of quotes and lists below it. */
function blockOf(depth: number): z.ZodType<RichNode> {
	if (depth === 0) return z.discriminatedUnion('type', [...LEAVES]).meta({ id: 'RichBlock0' });
	const blocks = z
		.array(blockOf(depth - 1))
		.min(1)
		.max(BLOCKS_MAX);
	const items = z
		.array(z.strictObject({ type: z.literal('list_item'), content: blocks }))
		.min(1)
		.max(BLOCKS_MAX);
	return z
		.discriminatedUnion('type', [
			...LEAVES,
			z.strictObject({ type: z.literal('blockquote'), content: blocks }),
			z.strictObject({ type: z.literal('bullet_list'), content: items }),
			z.strictObject({
				type: z.literal('ordered_list'),
				attrs: z.strictObject({ order: z.int().positive() }).optional(),
				content: items,
			}),
		])
		.meta({ id: `RichBlock${depth}` });
}

/** A node of a rich text, as far as one who walks it needs to know. */
export interface RichNode {
	type: string;
	text?: string | undefined;
	marks?: readonly { type: string; attrs?: { href: string } | undefined }[] | undefined;
	attrs?: Readonly<Record<string, string | number>> | undefined;
	content?: readonly RichNode[] | undefined;
}

function charactersOf(node: RichNode): number {
	const below = node.content ?? [];
	return below.reduce((sum, child) => sum + charactersOf(child), node.text?.length ?? 0);
}

/**
 * A rich text of one language: a ProseMirror document as JSON, never HTML. This is the definition of
 * its nodes and marks; what it does not name is refused.
 */
export const richText = z
	.strictObject({
		type: z.literal('doc'),
		content: z.array(blockOf(DEPTH_MAX)).min(1).max(BLOCKS_MAX),
	})
	.refine((doc) => charactersOf(doc) <= CHARACTERS_MAX, {
		message: `a text of at most ${CHARACTERS_MAX} characters`,
	})
	.meta({ id: 'RichText' });

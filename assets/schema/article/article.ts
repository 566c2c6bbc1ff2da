import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { rightsUri } from '../value/rights.ts';
import { localizedText } from '../value/text.ts';
import { type RichNode, richText } from './rich-text.ts';

/** A rich text in one or more languages, keyed by BCP 47 tag like every public text: Chinese is always there. */
const localizedRichText = z
	.object({ 'zh-CN': richText, en: richText.optional() })
	.catchall(richText)
	.meta({ id: 'LocalizedRichText' });

type LocalizedRichText = z.infer<typeof localizedRichText>;

/** The media that figures of a node name. */
function figuresOf(node: RichNode): string[] {
	const own = node.type === 'figure' ? [String(node.attrs?.medium)] : [];
	return [...own, ...(node.content ?? []).flatMap(figuresOf)];
}

/** Refuses a figure that shows a medium the article does not have. */
function checkFigures(
	{ body, media }: { body: LocalizedRichText; media: readonly { id: string }[] },
	context: z.RefinementCtx,
): void {
	const ids = new Set(media.map(({ id }) => id));
	for (const [language, doc] of Object.entries(body)) {
		for (const id of doc === undefined ? [] : figuresOf(doc)) {
			if (ids.has(id)) continue;
			const message = `the article has no medium ${id}`;
			context.addIssue({ code: 'custom', path: ['body', language], message });
		}
	}
}

/** An article 文章: rich text that artefacts, traditions, exhibits and hotspots point to. */
export const article = z
	.object({
		format: z.literal('xishan-article/1'),
		id: recordId,
		/** The museum it belongs to; the cluster's own where there is none. */
		museum: recordId.optional(),
		name: localizedText,
		summary: localizedText.optional(),
		body: localizedRichText,
		media: mediaList,
		rights: rightsUri.optional(),
		credit: localizedText.optional(),
		...provenance,
	})
	.superRefine(checkFigures)
	.meta({ id: 'Article' });

export type Article = z.infer<typeof article>;

import { FIRST_RECORD_ID, type FirstAnswer } from '#schema/record/first-record';
import type { Language } from '#schema/value/text';

/** What a page's head says beside what every page's says. Addresses are paths on this server. */
export interface PageHead {
	language?: Language | undefined;
	title?: string | undefined;
	description?: string | undefined;
	/** Chunks of the page, fetched at once; their styles. */
	scripts: readonly string[];
	styles: readonly string[];
	/** The first bytes of a model that the page will ask for. */
	models: readonly string[];
	/** The picture in the model's place until then. */
	poster?: string | undefined;
	/** Fonts wait until the page's stage has its first pixel. */
	isStageFirst: boolean;
	answers: readonly FirstAnswer[];
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string =>
	text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');

/** JSON that ends no element and no line of a script, whatever stands in it. */
function escapeJson(value: unknown): string {
	const escapes: Record<string, string> = {
		'<': '\\u003c',
		'\u2028': '\\u2028',
		'\u2029': '\\u2029',
	};
	return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => escapes[sign] ?? '');
}

const FONT_PRELOAD = /\s*<link\b[^>]*\bas="font"[^>]*>/g;
/** Opens a context before there is a stage to take it. */
const FIRST_CANVAS = /\s*<script\b[^>]*\/first-canvas-[^>]*><\/script>/;
const HTML_TAG = /<html\b[^>]*>/;

function links(head: PageHead): string[] {
	const at = (address: string): string => `href="${escapeHtml(address)}"`;
	return [
		...head.styles.map((each) => `<link rel="stylesheet" crossorigin ${at(each)}>`),
		...head.scripts.map((each) => `<link rel="modulepreload" crossorigin ${at(each)}>`),
		// As fetch() asks: another mode or other credentials, and the bytes would come twice.
		...head.models.map((each) => `<link rel="preload" as="fetch" crossorigin ${at(each)}>`),
		...(head.poster
			? [`<link rel="preload" as="image" fetchpriority="low" ${at(head.poster)}>`]
			: []),
	];
}

/**
 * The page with its own head: language, title, what to fetch at once, and as JSON, which is no script
 * to a browser, what it would ask for first. Whatever a part of `html` is missing for is left out.
 */
export function writePageHead(html: string, head: PageHead): string {
	const { language, title, description, isStageFirst, answers } = head;
	const data = `<script type="application/json" id="${FIRST_RECORD_ID}">${escapeJson(answers)}</script>`;
	const added = [...links(head), ...(answers.length > 0 ? [data] : [])].map(
		(line) => `\t${line}\n\t`,
	);
	let page = html;
	// Never a string as replacement: `$&` in a title would mean something.
	const put = (where: RegExp | string, text: (found: string) => string): void => {
		page = page.replace(where, text);
	};
	if (isStageFirst) {
		page = page.replaceAll(FONT_PRELOAD, '');
		put(HTML_TAG, (tag) => tag.replace(/ data-fonts(?:="")?/, ''));
	} else {
		put(FIRST_CANVAS, () => '');
	}
	if (language) put(HTML_TAG, (tag) => tag.replace(/\blang="[^"]*"/, `lang="${language}"`));
	if (title) put(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`);
	if (description) {
		put(
			/(<meta name="description" content=")[^"]*/,
			() => `<meta name="description" content="${escapeHtml(description)}`,
		);
	}
	put('</head>', (end) => added.join('') + end);
	return page;
}

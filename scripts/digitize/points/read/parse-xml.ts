/** An element of an XML document: its own text, and its children in order. */
export interface XmlElement {
	name: string;
	attributes: Record<string, string>;
	children: XmlElement[];
	text: string;
}

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 1_000_000;
const NAMED: Readonly<Record<string, string>> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	apos: "'",
};
const TOKEN =
	/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/!?]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>|([^<]+)|(<)/g;
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads the plain XML that measuring formats carry: elements, attributes, text. Document types and
 * entities of their own are not read at all, so nothing expands; gives undefined for those and for
 * what is not well formed. Cost: one pass.
 */
export function parseXml(text: string): XmlElement | undefined {
	const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
	const open: XmlElement[] = [root];
	let elements = 0;
	for (const match of text.replace(/^\uFEFF/, '').matchAll(TOKEN)) {
		const [, , , name] = match;
		if (!take(match, open)) return undefined;
		if (name !== undefined) elements += 1;
		if (elements > MAX_ELEMENTS * 2 || open.length > MAX_DEPTH) return undefined;
	}
	return open.length === 1 ? root.children[0] : undefined;
}

/** Takes one token into the element that is open last; false when it does not fit there. */
function take(match: RegExpMatchArray, open: XmlElement[]): boolean {
	const [, cdata, slash, name, attributes = '', selfClosing, plain, stray] = match;
	const parent = open.at(-1);
	if (stray !== undefined || parent === undefined) return false;
	if (cdata !== undefined) parent.text += cdata;
	else if (plain !== undefined) parent.text += plainText(plain);
	if (name === undefined) return true;
	if (slash === '/') {
		open.pop();
		return open.length > 0 && parent.name === name;
	}
	const element: XmlElement = { name, attributes: {}, children: [], text: '' };
	readAttributes(attributes, element);
	parent.children.push(element);
	if (selfClosing !== '/') open.push(element);
	return true;
}

/** The first child of this name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find((c) => c.name === name);
}

/** The number in the child of this name, scaled where it says so; undefined when there is none. */
export function childNumber(element: XmlElement | undefined, name: string): number | undefined {
	const found = child(element, name);
	if (found === undefined) return undefined;
	const text = found.text.trim();
	// An element without text stands for zero (ASTM E2807 §6.2.2).
	const raw = text === '' ? 0 : Number(text);
	const { type, scale = '1', offset = '0' } = found.attributes;
	const value = type === 'ScaledInteger' ? raw * Number(scale) + Number(offset) : raw;
	return Number.isFinite(value) ? value : undefined;
}

function readAttributes(text: string, element: XmlElement): void {
	for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
		if (name !== '__proto__') element.attributes[name] = plainText(double ?? single ?? '');
	}
}

function plainText(text: string): string {
	return text.replace(
		/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi,
		(whole, decimal, hex, name) => {
			if (name !== undefined) return NAMED[name] ?? whole;
			const code = Number.parseInt(decimal ?? hex, hex === undefined ? 10 : 16);
			return code <= 0x10ffff ? String.fromCodePoint(code) : '';
		},
	);
}

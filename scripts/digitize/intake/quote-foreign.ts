/** No name in a message is longer than this. */
const MAX_CHARACTERS = 80;

/** Foreign text on one line of a message: in quotation marks, short, without control characters. */
export function quoteForeign(text: string): string {
	const clean = text.replaceAll(/[^\P{C}]/gu, '?');
	return `"${clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS)}…` : clean}"`;
}

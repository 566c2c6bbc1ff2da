import { type CoordinateSystem, cleanName, type NamedUnit } from '../coordinate-system.ts';

/** `WORD["text", number, WORD[…]]` of a description of a coordinate system. */
interface WktNode {
	word: string;
	text: string | undefined;
	number: number | undefined;
	children: WktNode[];
}

const MAX_DEPTH = 32;
const TOKEN =
	/"((?:[^"]|"")*)"|([A-Za-z_]\w*)\s*[[(]|([-+]?\d[\d.]*(?:[eE][-+]?\d+)?)|([\])])|[A-Za-z_]\w*/g;

const COMPOUND = ['COMPD_CS', 'COMPOUNDCRS'];
const BOUND = ['BOUNDCRS', 'SOURCECRS'];
const PROJECTED = ['PROJCS', 'PROJCRS', 'PROJECTEDCRS', 'LOCAL_CS', 'ENGCRS', 'ENGINEERINGCRS'];
const GEOGRAPHIC = ['GEOGCS', 'GEOGCRS', 'GEOGRAPHICCRS'];
const GEODETIC = ['GEODCRS', 'GEODETICCRS'];
const VERTICAL = ['VERT_CS', 'VERTCRS', 'VERTICALCRS'];
const UNIT = ['UNIT', 'LENGTHUNIT'];

/**
 * Reads how a coordinate system in well-known text measures: its kind and its units of length along
 * the ground and upwards, of compound systems as well. Undefined for text that is none.
 * Source: OGC 01-009 (WKT 1) and OGC 18-010r11 (WKT 2). Cost: one pass.
 */
export function wktSystem(text: string): CoordinateSystem | undefined {
	const root = unwrapped(parse(text));
	if (root === undefined) return undefined;
	const parts = COMPOUND.includes(root.word) ? root.children : [root];
	const part = (words: string[]) => parts.find(({ word }) => words.includes(word));
	const flat = unwrapped(part([...PROJECTED, ...GEOGRAPHIC, ...GEODETIC, 'GEOCCS', ...BOUND]));
	const upright = unwrapped(part(VERTICAL));
	if (flat === undefined) return undefined;
	const kind = kindOf(flat);
	const ground = kind === 'geographic' ? undefined : unitOf(flat, 0);
	const height = upright === undefined ? axisUnit(flat, 2) : unitOf(upright, 0);
	return { name: cleanName(root.text ?? 'WKT'), kind, ground, height };
}

function kindOf({ word, children }: WktNode): CoordinateSystem['kind'] {
	if (PROJECTED.includes(word)) return 'projected';
	if (GEOGRAPHIC.includes(word)) return 'geographic';
	const isDegrees = children.some((child) => child.word === 'ANGLEUNIT' || angled(child));
	return GEODETIC.includes(word) && isDegrees ? 'geographic' : 'geocentric';
}

function angled({ word, children }: WktNode): boolean {
	return word === 'AXIS' && children.some((child) => child.word === 'ANGLEUNIT');
}

/** The unit of a whole system, or of one of its axes. */
function unitOf(node: WktNode, axis: number): NamedUnit | undefined {
	return ownUnit(node) ?? axisUnit(node, axis);
}

function axisUnit(node: WktNode, axis: number): NamedUnit | undefined {
	const found = node.children.filter(({ word }) => word === 'AXIS')[axis];
	return found === undefined ? undefined : ownUnit(found);
}

function ownUnit({ children }: WktNode): NamedUnit | undefined {
	const unit = children.find(({ word }) => UNIT.includes(word));
	if (unit === undefined) return undefined;
	const metres = unit.number;
	const isLength = metres !== undefined && metres > 1e-6 && metres < 1e6;
	return { name: cleanName(unit.text ?? ''), metres: isLength ? metres : undefined };
}

/** What a description that only adds a shift to another one is about. */
function unwrapped(node: WktNode | undefined): WktNode | undefined {
	let inner = node;
	while (inner !== undefined && BOUND.includes(inner.word)) {
		inner = inner.children.find(({ word }) => word === 'SOURCECRS') ?? inner.children[0];
	}
	return inner;
}

/** The outermost node; undefined when brackets do not fit. */
function parse(text: string): WktNode | undefined {
	const top: WktNode = { word: '', text: undefined, number: undefined, children: [] };
	const open = [top];
	for (const [, quoted, word, digits, close] of text.matchAll(TOKEN)) {
		const node = open.at(-1);
		if (node === undefined) return undefined;
		if (word !== undefined) {
			const child = { ...top, word: word.toUpperCase(), children: [] };
			node.children.push(child);
			open.push(child);
		} else if (close !== undefined) open.pop();
		else if (quoted !== undefined) node.text ??= quoted.replaceAll('""', '"');
		else if (digits !== undefined) node.number ??= Number(digits);
		if (open.length > MAX_DEPTH) return undefined;
	}
	return open.length === 1 ? top.children[0] : undefined;
}

import { decodeText } from '../intake/decode-text.ts';
import { refuse } from '../refusal-error.ts';

/** The scalar types of PLY, under their first names. */
export type PlyScalar = 'char' | 'uchar' | 'short' | 'ushort' | 'int' | 'uint' | 'float' | 'double';

/** A property of an element; a list has the type of its count as well. */
export interface PlyProperty {
	name: string;
	type: PlyScalar;
	countType: PlyScalar | undefined;
}

export interface PlyElement {
	name: string;
	count: number;
	properties: PlyProperty[];
}

export interface PlyHeader {
	encoding: 'ascii' | 'little' | 'big';
	elements: PlyElement[];
	comments: string[];
	/** Where the data begins, in bytes. */
	dataAt: number;
}

/** Size of each scalar in a binary PLY, in bytes. */
export const PLY_BYTES: Readonly<Record<PlyScalar, number>> = {
	char: 1,
	uchar: 1,
	short: 2,
	ushort: 2,
	int: 4,
	uint: 4,
	float: 4,
	double: 8,
};

const ALIASES: Readonly<Record<string, PlyScalar>> = {
	char: 'char',
	int8: 'char',
	uchar: 'uchar',
	uint8: 'uchar',
	short: 'short',
	int16: 'short',
	ushort: 'ushort',
	uint16: 'ushort',
	int: 'int',
	int32: 'int',
	uint: 'uint',
	uint32: 'uint',
	float: 'float',
	float32: 'float',
	double: 'double',
	float64: 'double',
};

const ENCODINGS: Readonly<Record<string, PlyHeader['encoding']>> = {
	ascii: 'ascii',
	binary_little_endian: 'little',
	binary_big_endian: 'big',
};

const MAX_HEADER_BYTES = 1_000_000;

/** Reads the header of a PLY. Refuses with `structure-invalid` or `file-truncated` what it cannot follow. */
export function readPlyHeader(bytes: Buffer, name: string): PlyHeader {
	const text = bytes.toString('latin1', 0, Math.min(bytes.length, MAX_HEADER_BYTES));
	const end = /^end_header[ \t]*(?:\r\n|\n|\r)/m.exec(text);
	if (end === null) {
		return refuse('file-truncated', `${name} has no end of its header — copy it again, it was cut`);
	}
	const dataAt = end.index + end[0].length;
	const header: PlyHeader = { encoding: 'ascii', elements: [], comments: [], dataAt };
	for (const line of text.slice(0, end.index).split(/\r\n|\n|\r/)) readLine(header, line, name);
	return header;
}

function readLine(header: PlyHeader, line: string, name: string): void {
	const words = line.trim().split(/[ \t]+/);
	const [keyword = ''] = words;
	switch (keyword) {
		case 'format':
			header.encoding = ENCODINGS[words[1] ?? ''] ?? broken(name);
			break;
		case 'comment':
		case 'obj_info':
			// The header's bytes are one character each; names of textures may be more than ASCII.
			header.comments.push(
				decodeText(Buffer.from(line.trimStart().slice(keyword.length), 'latin1')).trim(),
			);
			break;
		case 'element':
			header.elements.push(element(words, name));
			break;
		case 'property':
			(header.elements.at(-1) ?? broken(name)).properties.push(property(words, name));
			break;
		default:
	}
}

function element(words: string[], name: string): PlyElement {
	const count = Number(words[2]);
	if (!Number.isSafeInteger(count) || count < 0) broken(name);
	return { name: words[1] ?? '', count, properties: [] };
}

function property(words: string[], name: string): PlyProperty {
	const isList = words[1] === 'list';
	const type = ALIASES[words[isList ? 3 : 1] ?? ''] ?? broken(name);
	const countType = isList ? (ALIASES[words[2] ?? ''] ?? broken(name)) : undefined;
	return { name: words[isList ? 4 : 2] ?? '', type, countType };
}

function broken(name: string): never {
	return refuse('structure-invalid', `${name} has a PLY header we cannot follow — export it again`);
}

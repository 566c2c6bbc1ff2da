import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FORMATS } from '#schema/record/document-format';
import { RESOURCES, type Resource } from '#schema/record/resources';
import type { StoredDocument } from '#schema/value/stored-document';

const FOLDER = resolve(import.meta.dirname, '../fixtures/documents');

/** A document as a program of its time stored it: `NAME-NUMBER.json`, or `NAME-NUMBER-WORD.json`. */
export interface FrozenDocument {
	file: string;
	resource: Resource;
	/** The number of its format. */
	number: number;
	document: StoredDocument;
}

function deepFreeze<T>(value: T): T {
	if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
	return Object.freeze(value);
}

/** One file of `tests/fixtures/documents`, deep-frozen: whoever changes it throws. */
export function readFrozen(file: string): StoredDocument {
	return deepFreeze(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as StoredDocument);
}

/** Every frozen document of every format there was. */
export function frozenDocuments(): FrozenDocument[] {
	const names = new Map(
		RESOURCES.map((resource) => [FORMATS[resource].replace(/^xishan-|\/\d+$/g, ''), resource]),
	);
	return readdirSync(FOLDER).flatMap((file) => {
		const [, name = '', number] = /^([a-z]+)-(\d+)(?:-[a-z]+)?\.json$/.exec(file) ?? [];
		const resource = names.get(name);
		if (resource === undefined) return [];
		return [{ file, resource, number: Number(number), document: readFrozen(file) }];
	});
}

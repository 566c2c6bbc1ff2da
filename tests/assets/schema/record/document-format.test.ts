import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FORMATS, newerFormatIn } from '#schema/record/document-format';
import { RECORD_SCHEMAS } from '#schema/record/record';
import { RESOURCES, type Resource } from '#schema/record/resources';
import { documentHash } from '../../../../server/catalogue/document-hash.ts';
import { readFrozen } from '../../../support/frozen-documents.ts';

/** SHA-256 of what a schema takes in, as JSON Schema; words about it count for nothing. */
function schemaHash(resource: Resource): string {
	const schema = z.toJSONSchema(RECORD_SCHEMAS[resource], {
		io: 'input',
		unrepresentable: 'any',
		override: ({ jsonSchema }) => {
			delete jsonSchema.description;
			delete jsonSchema.example;
		},
	});
	return documentHash(schema);
}

describe('the formats of documents', () => {
	/*
	 * A failure here means: a schema changed, and documents of the format it names are already stored.
	 * 1. Raise the number in the schema's `format`.
	 * 2. Add a step to `upgrade.ts` beside it, and write the collection's files in the new format.
	 * 3. Freeze documents of the new format as `tests/fixtures/documents/NAME-NUMBER.json`.
	 * 4. Add the new format, with the hash printed below, to `formats.json` there; old lines stay.
	 * Only while no release has written the format may its line be changed instead.
	 */
	it.each(RESOURCES)('change when the schema of %s does', (resource) => {
		const format = FORMATS[resource];
		expect(
			{ [format]: schemaHash(resource) },
			`the schema changed, its format did not: raise ${format} — see above this test how`,
		).toEqual({ [format]: readFrozen('formats.json')[format] });
	});

	it('are told apart by what the schema takes, not by words about it', () => {
		const hashes = RESOURCES.map(schemaHash);
		expect(new Set(hashes).size).toBe(RESOURCES.length);
	});
});

describe('an answer of the API', () => {
	const exhibit = readFrozen('exhibit-2.json');
	const newer = { ...exhibit, format: 'xishan-exhibit/3' };

	it('that holds a record of a newer format is known for it', () => {
		const both = { stored: 'xishan-exhibit/3', known: 'xishan-exhibit/2' };
		expect(newerFormatIn(newer)).toMatchObject(both);
		expect(newerFormatIn({ items: [exhibit, newer] })).toMatchObject(both);
	});

	it.each([exhibit, { items: [exhibit] }, { format: 'xishan-asset/9' }, { format: 3 }, null, 'x'])(
		'that holds none is not (%#)',
		(answer) => expect(newerFormatIn(answer)).toBeUndefined(),
	);
});

import type { StoredDocument } from '../value/stored-document.ts';
import type { RecordOf } from './record.ts';
import { RESOURCES, type Resource } from './resources.ts';

/**
 * The format in which documents of each resource are written and read now. The schemas say it too, and
 * the compiler holds the two together: so this is known where the schemas would be too much script.
 */
export const FORMATS = {
	museums: 'xishan-museum/2',
	artefacts: 'xishan-artefact/2',
	traditions: 'xishan-tradition/2',
	libraries: 'xishan-library/2',
	places: 'xishan-place/2',
	exhibits: 'xishan-exhibit/2',
	tours: 'xishan-tour/2',
	articles: 'xishan-article/1',
	stories: 'xishan-story/1',
} as const satisfies { [R in Resource]: RecordOf<R>['format'] };

/**
 * A document is of a newer format than this program knows: a newer program wrote it, and a newer one
 * reads it. The document itself is whole.
 */
export class NewerFormatError extends Error {
	override readonly name = 'NewerFormatError';
	readonly stored: string;
	readonly known: string;
	constructor(stored: string, known: string) {
		super(
			`read: the document is of format ${stored}, this program knows ${known} — bring it up to date`,
		);
		this.stored = stored;
		this.known = known;
	}
}

function partsOf(format: string): [name: string, version: number] {
	const [name = '', version = ''] = format.split('/');
	return [name, /^[1-9]\d*$/.test(version) ? Number(version) : Number.NaN];
}

/**
 * The number of a stored document's format; one that names none is of the first.
 * Throws NewerFormatError, and an Error for a format of something else.
 */
export function formatNumber(resource: Resource, { format }: StoredDocument): number {
	if (format === undefined) return 1;
	const known = FORMATS[resource];
	const [knownName, last] = partsOf(known);
	const [name, number] = partsOf(String(format));
	if (name !== knownName || Number.isNaN(number)) {
		throw new Error(`read: ${String(format)} is no format of ${resource} — it should be ${known}`);
	}
	if (number > last) throw new NewerFormatError(String(format), known);
	return number;
}

/** Why an answer of the API cannot be read, if it holds a record of a newer format: itself or in its `items`. */
export function newerFormatIn(answer: unknown): NewerFormatError | undefined {
	if (typeof answer !== 'object' || answer === null) return undefined;
	if ('items' in answer && Array.isArray(answer.items)) {
		return answer.items.map(newerFormatIn).find((error) => error !== undefined);
	}
	if (!('format' in answer) || typeof answer.format !== 'string') return undefined;
	const [name, number] = partsOf(answer.format);
	const known = RESOURCES.map((resource) => FORMATS[resource]).find(
		(format) => partsOf(format)[0] === name,
	);
	if (known === undefined || !(number > partsOf(known)[1])) return undefined;
	return new NewerFormatError(answer.format, known);
}

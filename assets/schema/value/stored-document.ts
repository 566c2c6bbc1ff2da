/** A document as it lies in the store: JSON of some format, of which nothing else is known yet. */
export type StoredDocument = Readonly<Record<string, unknown>>;

/**
 * One step of a format's chain: takes a document of format n to n + 1. Pure: the input is not touched.
 * What it does not know it carries over.
 */
export type UpgradeStep = (document: StoredDocument) => StoredDocument;

/** The objects of a list in a stored document; none where the list was left out. */
export function objectsOf(document: StoredDocument, key: string): readonly StoredDocument[] {
	return (document[key] ?? []) as readonly StoredDocument[];
}

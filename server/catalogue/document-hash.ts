import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 in hexadecimal of a document's canonical JSON (RFC 8785): its identity across revisions and machines. */
export function documentHash(document: object): string {
	return createHash('sha256')
		.update(canonicalize(document) ?? '')
		.digest('hex');
}

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What the register says of one act. */
export interface AuditRow {
	at: Date;
	/** An opaque account or device id, or the name of a part of this program. */
	actor: string;
	/** What was done, as `record.publish`. */
	action: string;
	/** What was acted on, as `record/artefacts/x`. */
	subject: string;
	/** Facts of the act; never personal data. */
	detail: Record<string, unknown>;
}

/** SHA-256 in hexadecimal of a row's canonical JSON (RFC 8785), its time as ISO 8601 in UTC. */
export function leafOf({ at, actor, action, subject, detail }: AuditRow): string {
	const row = canonicalize({ at: at.toISOString(), actor, action, subject, detail });
	return createHash('sha256')
		.update(row ?? '')
		.digest('hex');
}

/** SHA-256 in hexadecimal of the root before and of a batch's leaves, each as its 32 bytes, in order. */
export function rootOf(prev: string, leaves: readonly string[]): string {
	const hash = createHash('sha256').update(prev, 'hex');
	for (const leaf of leaves) hash.update(leaf, 'hex');
	return hash.digest('hex');
}

/** The root before the first seal. */
export const FIRST_ROOT = '0'.repeat(64);

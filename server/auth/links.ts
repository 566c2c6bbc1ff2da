import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Role } from '#schema/account/role';
import type { Queryable } from '../database/database.ts';
import { link } from '../database/schema/auth.ts';
import { NotFoundError } from '../errors.ts';
import { hashToken, newToken } from './tokens.ts';

const HOUR_MS = 3600_000;

/** What a link is for, and what it carries. */
export type LinkPurpose =
	| { purpose: 'first' }
	| { purpose: 'invitation'; email: string; node: string; role: Role }
	| { purpose: 'reset'; account: string };

/** A link that was made: its address from the site's root. */
export interface Link {
	path: string;
	expiresAt: Date;
}

/** How long each is good for: until the next start, over a holiday, a working day. */
const LIFE_MS: Record<LinkPurpose['purpose'], number> = {
	first: 24 * HOUR_MS,
	invitation: 14 * 24 * HOUR_MS,
	reset: 24 * HOUR_MS,
};

/** The page each one opens. */
const PAGES: Record<LinkPurpose['purpose'], string> = {
	first: '/welcome',
	invitation: '/invitation',
	reset: '/reset',
};

/**
 * Makes a link that works once: its address from the site's root, to be handed on. Only a hash of the
 * token in it is kept. Links that are out of date are swept by the way.
 */
export async function makeLink(db: Queryable, what: LinkPurpose, madeBy: string): Promise<Link> {
	const token = newToken('xl');
	const expiresAt = new Date(Date.now() + LIFE_MS[what.purpose]);
	await db.delete(link).where(lt(link.expiresAt, sql`now()`));
	await db.insert(link).values({ ...what, tokenHash: hashToken(token), madeBy, expiresAt });
	return { path: `${PAGES[what.purpose]}?token=${token}`, expiresAt };
}

/**
 * Uses a link up and gives what it carries: do so in the transaction of what it is used for. Throws
 * NotFoundError for one that is unknown, used, out of date or for another purpose.
 */
export async function useLink<P extends LinkPurpose['purpose']>(
	db: Queryable,
	purpose: P,
	token: string,
): Promise<Extract<LinkPurpose, { purpose: P }> & { madeBy: string }> {
	const [used] = await db
		.delete(link)
		.where(
			and(
				eq(link.tokenHash, hashToken(token)),
				eq(link.purpose, purpose),
				gt(link.expiresAt, sql`now()`),
			),
		)
		.returning();
	// The columns of a purpose are those it was stored with.
	if (used) return used as unknown as Extract<LinkPurpose, { purpose: P }> & { madeBy: string };
	throw new NotFoundError('link: it was used, or is out of date — ask for a new one');
}

import { and, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { DeviceKind, PairingResult } from '#schema/account/device';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable, Transaction } from '../database/database.ts';
import { device } from '../database/schema/auth.ts';
import { NotFoundError } from '../errors.ts';
import { ensureNode } from './nodes.ts';
import { hashToken, newCode, newToken } from './tokens.ts';

/** Time to walk from the kiosk to a desk and sign in. */
const PAIRING_MS = 10 * 60_000;

/** What the device keeps while somebody approves it. */
export interface BegunPairing {
	code: string;
	poll: string;
	expiresAt: Date;
}

/**
 * Begins to pair a device: a code for its screen, a secret for itself. Both are stored as hashes and
 * worth nothing after ten minutes. Not OAuth's device flow of better-auth: that hands the device the
 * whole session of who approves it.
 */
export async function beginPairing(
	db: Queryable,
	{ kind, name }: { kind: DeviceKind; name?: string | undefined },
): Promise<BegunPairing> {
	const code = newCode();
	const poll = newToken('xp');
	const expiresAt = new Date(Date.now() + PAIRING_MS);
	await db.delete(device).where(and(isNull(device.node), lt(device.codeExpiresAt, sql`now()`)));
	await db.insert(device).values({
		name: name ?? kind,
		kind,
		codeHash: hashToken(code),
		pollHash: hashToken(poll),
		codeExpiresAt: expiresAt,
	});
	return { code, poll, expiresAt };
}

/**
 * Lets a device in at a node; its code is used up. Throws NotFoundError for a code that is unknown,
 * used or too old, and for a node that is none.
 */
export async function approvePairing(
	tx: Transaction,
	code: string,
	given: { node: string; name?: string | undefined; approvedBy: string },
): Promise<{ id: string }> {
	const { node, name, approvedBy } = given;
	await ensureNode(tx, node);
	const [approved] = await tx
		.update(device)
		.set({ node, approvedBy, codeHash: null, ...(name === undefined ? {} : { name }) })
		.where(
			and(eq(device.codeHash, hashToken(code.toUpperCase())), gt(device.codeExpiresAt, sql`now()`)),
		)
		.returning({ id: device.id });
	if (!approved) {
		throw new NotFoundError('pair: this code is not on any screen — let the device show a new one');
	}
	const subject = `device/${approved.id}`;
	await writeAudit(tx, { actor: approvedBy, action: 'device.approve', subject, detail: { node } });
	return approved;
}

/**
 * Gives an approved device its token, exactly once, however many ask side by side. Throws NotFoundError
 * for a secret that is unknown, used or too old.
 */
export async function collectToken(db: Queryable, poll: string): Promise<PairingResult> {
	const token = newToken('xd');
	const isOpen = and(eq(device.pollHash, hashToken(poll)), gt(device.codeExpiresAt, sql`now()`));
	const [paired] = await db
		.update(device)
		.set({ tokenHash: hashToken(token), pollHash: null })
		.where(and(isOpen, isNotNull(device.node), isNull(device.revokedAt)))
		.returning({ id: device.id, node: device.node });
	if (paired?.node) return { status: 'approved', id: paired.id, node: paired.node, token };
	const [waiting] = await db.select({ id: device.id }).from(device).where(isOpen);
	if (waiting) return { status: 'waiting' };
	throw new NotFoundError('pair: it was not approved in time, or is paired already — begin anew');
}

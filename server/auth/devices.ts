import { and, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Device } from '#schema/account/device';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable, Transaction } from '../database/database.ts';
import { device } from '../database/schema/auth.ts';
import { NotFoundError } from '../errors.ts';
import { hashToken } from './tokens.ts';

/** When a device was last seen is written at most this often. */
const SEEN_EVERY_MS = 60_000;

/** The paired, unrevoked device a token belongs to; undefined for any other token. */
export async function findDevice(
	db: Queryable,
	token: string,
): Promise<{ id: string; node: string } | undefined> {
	const { id, node, lastSeenAt } = device;
	const [found] = await db
		.select({ id, node, lastSeenAt })
		.from(device)
		.where(and(eq(device.tokenHash, hashToken(token)), isNull(device.revokedAt)));
	if (!found || found.node === null) return undefined;
	const before = new Date(Date.now() - SEEN_EVERY_MS);
	if (found.lastSeenAt === null || found.lastSeenAt < before) {
		// Of requests side by side, one writes.
		await db
			.update(device)
			.set({ lastSeenAt: sql`now()` })
			.where(and(eq(id, found.id), or(isNull(lastSeenAt), lt(lastSeenAt, before))));
	}
	return { id: found.id, node: found.node };
}

function seen(row: typeof device.$inferSelect): Device[] {
	if (row.node === null) return [];
	const { id, name, kind, node } = row;
	return [
		{
			id,
			name,
			kind,
			node,
			createdAt: row.createdAt.toISOString(),
			lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
			revokedAt: row.revokedAt?.toISOString() ?? null,
		},
	];
}

/** Devices at some nodes, the latest first; revoked ones stay in the list. */
export async function listDevices(db: Queryable, nodes: readonly string[]): Promise<Device[]> {
	const rows = await db
		.select()
		.from(device)
		.where(inArray(device.node, [...nodes]))
		.orderBy(desc(device.createdAt), device.id);
	return rows.flatMap(seen);
}

/** One approved device. Throws NotFoundError. */
export async function readDevice(db: Queryable, id: string): Promise<Device> {
	const rows = await db
		.select()
		.from(device)
		.where(and(eq(device.id, id), isNotNull(device.node)));
	const [found] = rows.flatMap(seen);
	if (!found) throw new NotFoundError(`device: there is no device ${id}`);
	return found;
}

/** Takes a device's token away; its next request is a stranger's. Again is no error. */
export async function revokeDevice(tx: Transaction, id: string, by: string): Promise<void> {
	const act = { actor: by, action: 'device.revoke', subject: `device/${id}`, detail: {} };
	await writeAudit(tx, act);
	await tx
		.update(device)
		.set({ revokedAt: sql`now()`, pollHash: null })
		.where(and(eq(device.id, id), isNull(device.revokedAt)));
}

import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Role } from '#schema/account/role';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable, Transaction } from '../database/database.ts';
import { account, grantRole } from '../database/schema/auth.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { CLUSTER, ensureNode, pathOf } from './nodes.ts';
import type { Grant } from './principal.ts';

/** Any constant number: changes of who administers the cluster go one after the other. */
const LOCK_KEY = 0x5869_6164;

/** The roles an account holds, in no order. */
export async function grantsOf(db: Queryable, id: string): Promise<Grant[]> {
	const { node, role } = grantRole;
	return db.select({ node, role }).from(grantRole).where(eq(grantRole.account, id));
}

/** Throws NotFoundError unless there is an account of this id that is not erased. */
export async function checkAccount(db: Queryable, id: string): Promise<void> {
	const [found] = await db
		.select({ id: account.id })
		.from(account)
		.where(and(eq(account.id, id), isNull(account.erasedAt)));
	if (!found) throw new NotFoundError(`account: there is no account ${id}`);
}

/**
 * The paths of all nodes an account holds roles at; the cluster's where it holds none. Who acts on the
 * account itself (its password, its ban) must administer every one of them: else the administrator of
 * one museum could become one of the cluster by resetting a password. Throws NotFoundError.
 */
export async function pathsOfAccount(db: Queryable, id: string): Promise<string[][]> {
	await checkAccount(db, id);
	const grants = await grantsOf(db, id);
	if (grants.length === 0) return [[CLUSTER]];
	return Promise.all(grants.map(({ node }) => pathOf(db, node)));
}

/** Whether anyone who can sign in administers the whole cluster. */
export async function hasAdmin(db: Queryable): Promise<boolean> {
	const [found] = await db
		.select({ id: account.id })
		.from(account)
		.innerJoin(grantRole, eq(grantRole.account, account.id))
		.where(
			and(
				eq(grantRole.node, CLUSTER),
				eq(grantRole.role, 'admin'),
				isNull(account.bannedAt),
				isNull(account.erasedAt),
			),
		)
		.limit(1);
	return found !== undefined;
}

/** Runs changes of who administers the cluster one after the other, across all machines. */
export async function lockAdmins(tx: Transaction): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(${LOCK_KEY})`);
}

/**
 * Runs a change in the transaction, and throws ConflictError where it leaves nobody who administers
 * the cluster: only somebody at the machine itself could mend that.
 */
export async function keepingAdmin(tx: Transaction, change: () => Promise<void>): Promise<void> {
	await lockAdmins(tx);
	const hadAdmin = await hasAdmin(tx);
	await change();
	if (!hadAdmin || (await hasAdmin(tx))) return;
	throw new ConflictError(
		'account: this is the last administrator of the cluster — make another one first',
	);
}

/** Gives an account a role at a node, in place of the one it had there. Throws NotFoundError, ConflictError. */
export async function giveRole(
	tx: Transaction,
	id: string,
	grant: Grant,
	grantedBy: string,
): Promise<void> {
	await checkAccount(tx, id);
	await ensureNode(tx, grant.node);
	await keepingAdmin(tx, () => addRole(tx, id, grant, grantedBy));
}

/** As `giveRole`, where account and node are known to be there and nobody loses a role. */
export async function addRole(
	tx: Transaction,
	id: string,
	{ node, role }: { node: string; role: Role },
	grantedBy: string,
): Promise<void> {
	const detail = { node, role };
	const subject = `account/${id}`;
	await writeAudit(tx, { actor: grantedBy, action: 'account.give-role', subject, detail });
	await tx
		.insert(grantRole)
		.values({ account: id, node, role, grantedBy })
		.onConflictDoUpdate({ target: [grantRole.account, grantRole.node], set: { role, grantedBy } });
}

/** Takes the role an account holds at a node; none is no error. Throws ConflictError. */
export async function takeRole(
	tx: Transaction,
	id: string,
	node: string,
	takenBy: string,
): Promise<void> {
	await keepingAdmin(tx, async () => {
		await tx.delete(grantRole).where(and(eq(grantRole.account, id), eq(grantRole.node, node)));
		const subject = `account/${id}`;
		const detail = { node };
		await writeAudit(tx, { actor: takenBy, action: 'account.take-role', subject, detail });
	});
}

import { randomUUID } from 'node:crypto';
import { eq, or, sql } from 'drizzle-orm';
import type { Account } from '#schema/account/account';
import { writeAudit } from '../audit/write-audit.ts';
import type { Queryable, Transaction } from '../database/database.ts';
import { account, credential, grantRole, link, person, session } from '../database/schema/auth.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { keepingAdmin } from './grants.ts';
import { CLUSTER } from './nodes.ts';
import { hashPassword } from './passwords.ts';

/** What better-auth calls a password among its ways to sign in. */
const BY_PASSWORD = 'credential';

export interface NewAccount {
	/** In small letters. */
	email: string;
	name: string;
	password: string;
}

/** Makes an account without any role and gives its opaque id. Throws ConflictError where the e-mail address has one. */
export async function createAccount(tx: Transaction, given: NewAccount): Promise<string> {
	const id = randomUUID();
	const { email, name } = given;
	await tx.insert(account).values({ id });
	const added = await tx
		.insert(person)
		.values({ id, email, name })
		.onConflictDoNothing()
		.returning({ id: person.id });
	if (added.length === 0) {
		throw new ConflictError('account: this e-mail address has an account — sign in with it');
	}
	await tx.insert(credential).values({
		id: randomUUID(),
		accountId: id,
		userId: id,
		providerId: BY_PASSWORD,
		password: await hashPassword(given.password),
	});
	return id;
}

/** Sets another password and ends every session. Throws NotFoundError where the account is erased. */
export async function setPassword(tx: Transaction, id: string, password: string): Promise<void> {
	const changed = await tx
		.update(credential)
		.set({ password: await hashPassword(password), updatedAt: sql`now()` })
		.where(eq(credential.userId, id))
		.returning({ id: credential.id });
	if (changed.length === 0) throw new NotFoundError(`account: there is no account ${id}`);
	await tx.delete(session).where(eq(session.userId, id));
}

async function write(tx: Transaction, actor: string, action: string, id: string): Promise<void> {
	await writeAudit(tx, { actor, action, subject: `account/${id}`, detail: {} });
}

/** Closes an account: it cannot sign in, and whoever is signed in with it no longer is. Throws ConflictError. */
export async function banAccount(tx: Transaction, id: string, by: string): Promise<void> {
	await keepingAdmin(tx, async () => {
		const bannedAt = sql`coalesce(${account.bannedAt}, now())`;
		await tx.update(account).set({ bannedAt }).where(eq(account.id, id));
		await tx.delete(session).where(eq(session.userId, id));
		await write(tx, by, 'account.ban', id);
	});
}

/** Opens a closed account again; its roles are as they were. */
export async function unbanAccount(tx: Transaction, id: string, by: string): Promise<void> {
	await tx.update(account).set({ bannedAt: null }).where(eq(account.id, id));
	await write(tx, by, 'account.unban', id);
}

/**
 * Erases all personal data of an account, and its roles, for ever. The opaque id stays, since revisions
 * and the register name it. Throws ConflictError.
 */
export async function eraseAccount(tx: Transaction, id: string, by: string): Promise<void> {
	await keepingAdmin(tx, async () => {
		const [known] = await tx.select({ email: person.email }).from(person).where(eq(person.id, id));
		await tx.delete(link).where(or(eq(link.account, id), eq(link.email, known?.email ?? '')));
		await tx.delete(grantRole).where(eq(grantRole.account, id));
		await tx.delete(person).where(eq(person.id, id));
		await tx.update(account).set({ erasedAt: sql`now()` }).where(eq(account.id, id));
		await write(tx, by, 'account.erase', id);
	});
}

/** Name and e-mail address of an account. Throws NotFoundError where it is erased. */
export async function readPerson(
	db: Queryable,
	id: string,
): Promise<{ name: string; email: string }> {
	const { name, email } = person;
	const [found] = await db.select({ name, email }).from(person).where(eq(person.id, id));
	if (!found) throw new NotFoundError(`account: there is no account ${id}`);
	return found;
}

/**
 * Accounts with roles at some nodes, by name, each with its roles there and nowhere else. Who asks for
 * the whole cluster also gets those without any role.
 */
export async function listAccounts(db: Queryable, nodes: readonly string[]): Promise<Account[]> {
	const rows = await db
		.select({
			id: account.id,
			name: person.name,
			email: person.email,
			createdAt: account.createdAt,
			bannedAt: account.bannedAt,
			node: grantRole.node,
			role: grantRole.role,
		})
		.from(account)
		.innerJoin(person, eq(person.id, account.id))
		.leftJoin(grantRole, eq(grantRole.account, account.id))
		.orderBy(person.name, account.id, grantRole.node);
	const accounts = [...Map.groupBy(rows, (row) => row.id).values()].flatMap(([first, ...rest]) => {
		if (!first) return [];
		const { id, name, email } = first;
		const grants = [first, ...rest].flatMap(({ node, role }) =>
			node && role && nodes.includes(node) ? [{ node, role }] : [],
		);
		const createdAt = first.createdAt.toISOString();
		return [
			{ id, name, email, grants, createdAt, bannedAt: first.bannedAt?.toISOString() ?? null },
		];
	});
	return accounts.filter(({ grants }) => grants.length > 0 || nodes.includes(CLUSTER));
}

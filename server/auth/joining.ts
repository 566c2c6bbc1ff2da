import { eq } from 'drizzle-orm';
import { isAtLeast, type Role } from '#schema/account/role';
import { writeAudit } from '../audit/write-audit.ts';
import type { Database, Transaction } from '../database/database.ts';
import { link } from '../database/schema/auth.ts';
import { ConflictError, ForbiddenError, InvalidError } from '../errors.ts';
import { createAccount, type NewAccount, readPerson, setPassword } from './accounts.ts';
import { addRole, grantsOf, hasAdmin, lockAdmins } from './grants.ts';
import { type Link, makeLink, useLink } from './links.ts';
import { CLUSTER, ensureNode } from './nodes.ts';

const HOUSE = 'house';

async function write(
	tx: Transaction,
	actor: string,
	action: string,
	id: string,
	detail: Record<string, unknown> = {},
): Promise<void> {
	await writeAudit(tx, { actor, action, subject: `account/${id}`, detail });
}

/** The address that makes its visitor the first administrator; undefined once there is one. */
export async function welcomeLink(db: Database): Promise<string | undefined> {
	if (await hasAdmin(db.orm)) return undefined;
	return (await makeLink(db.orm, { purpose: 'first' }, HOUSE)).path;
}

/** Makes the first administrator of the cluster. Throws NotFoundError for a wrong link, ConflictError once there is one. */
export async function createFirst(
	db: Database,
	{ token, ...given }: NewAccount & { token: string },
): Promise<string> {
	return db.orm.transaction(async (tx) => {
		await lockAdmins(tx);
		await useLink(tx, 'first', token);
		if (await hasAdmin(tx)) {
			throw new ConflictError('account: there is an administrator already — ask for an invitation');
		}
		const id = await createAccount(tx, given);
		await write(tx, id, 'account.first', id);
		await addRole(tx, id, { node: CLUSTER, role: 'admin' }, HOUSE);
		// Every start printed one.
		await tx.delete(link).where(eq(link.purpose, 'first'));
		return id;
	});
}

/** Invites somebody to a role at a node. Throws NotFoundError where there is no such node. */
export async function invite(
	db: Database,
	{ email, node, role }: { email: string; node: string; role: Role },
	by: string,
): Promise<Link> {
	return db.orm.transaction(async (tx) => {
		await ensureNode(tx, node);
		const detail = { node, role };
		const subject = `node/${node}`;
		await writeAudit(tx, { actor: by, action: 'account.invite', subject, detail });
		return makeLink(tx, { purpose: 'invitation', email, node, role }, by);
	});
}

/** Makes a link by which whoever holds it chooses a new password for an account. */
export async function makeReset(db: Database, id: string, by: string): Promise<Link> {
	return db.orm.transaction(async (tx) => {
		await write(tx, by, 'account.make-reset', id);
		return makeLink(tx, { purpose: 'reset', account: id }, by);
	});
}

/**
 * Takes an invitation up: as who is signed in, when the invitation is to them, else with a new account.
 * A role already held there is never lowered by it. Throws NotFoundError for a wrong link,
 * ForbiddenError when it is for somebody else, ConflictError when its e-mail address has an account,
 * InvalidError when a new account would have no name or password.
 */
export async function acceptInvitation(
	db: Database,
	given: { token: string; name?: string | undefined; password?: string | undefined },
	signedIn: string | undefined,
): Promise<string> {
	return db.orm.transaction(async (tx) => {
		const { email, node, role, madeBy } = await useLink(tx, 'invitation', given.token);
		const { name, password } = given;
		let id = signedIn;
		if (id === undefined) {
			if (name === undefined || password === undefined) {
				throw new InvalidError('invitation: a new account needs a name and a password', [
					{ path: name === undefined ? 'name' : 'password', message: 'is missing' },
				]);
			}
			id = await createAccount(tx, { email, name, password });
		} else if ((await readPerson(tx, id)).email !== email) {
			throw new ForbiddenError('invitation: it is for somebody else — sign out first');
		}
		await write(tx, id, 'account.join', id, { node, invitedBy: madeBy });
		const held = (await grantsOf(tx, id)).find((grant) => grant.node === node);
		if (!held || !isAtLeast(held.role, role)) await addRole(tx, id, { node, role }, madeBy);
		return id;
	});
}

/** Chooses a new password by a reset link; every session ends. Throws NotFoundError for a wrong link. */
export async function resetPassword(
	db: Database,
	{ token, password }: { token: string; password: string },
): Promise<string> {
	return db.orm.transaction(async (tx) => {
		const { account } = await useLink(tx, 'reset', token);
		await setPassword(tx, account, password);
		await write(tx, account, 'account.reset', account);
		return account;
	});
}

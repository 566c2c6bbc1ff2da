import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { account, grantRole } from '../database/schema/auth.ts';
import { findDevice } from './devices.ts';
import { ANONYMOUS, type Identify, type Principal } from './principal.ts';
import { SESSION_COOKIE } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';

const BEARER = /^Bearer +/i;

async function personOf(db: Database, sessions: Sessions, cookie: string): Promise<Principal> {
	const id = await sessions.read(cookie);
	if (id === undefined) return ANONYMOUS;
	const rows = await db.orm
		.select({ node: grantRole.node, role: grantRole.role })
		.from(account)
		.leftJoin(grantRole, eq(grantRole.account, account.id))
		.where(and(eq(account.id, id), isNull(account.bannedAt)));
	if (rows.length === 0) return ANONYMOUS;
	const grants = rows.flatMap(({ node, role }) => (node && role ? [{ node, role }] : []));
	return { kind: 'account', id, grants };
}

/**
 * Tells who asks: a device by its bearer token, beside which cookies are not read, else a person by
 * the session cookie. Everything is asked of the database each time, so a ban, a role taken away and
 * a revoked device count from the next request on. Who sends neither costs no query.
 */
export function identifyBy(db: Database, sessions: Sessions): Identify {
	return async ({ cookie, authorization }) => {
		if (authorization !== undefined && BEARER.test(authorization)) {
			const device = await findDevice(db.orm, authorization.replace(BEARER, ''));
			return device ? { kind: 'device', id: device.id, node: device.node } : ANONYMOUS;
		}
		if (!cookie?.includes(`${SESSION_COOKIE}=`)) return ANONYMOUS;
		return personOf(db, sessions, cookie);
	};
}

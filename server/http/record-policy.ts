import { z } from 'zod';
import type { Role } from '#schema/account/role';
import { RESOURCES } from '#schema/record/resources';
import { recordId } from '#schema/value/id';
import { CLUSTER, pathOf } from '../auth/nodes.ts';
import { holds } from '../auth/policy.ts';
import type { Principal } from '../auth/principal.ts';
import { ownerOf } from '../catalogue/owner-of.ts';
import { readLife } from '../catalogue/read-history.ts';
import type { RecordName } from '../catalogue/record-name.ts';
import type { Queryable } from '../database/database.ts';
import { NotFoundError } from '../errors.ts';
import { NO_QUERY } from './route.ts';

export const RECORD_PARAMS = z.object({ resource: z.enum(RESOURCES), id: recordId });

/** What routes on the life of a record have in common. */
export const LIFE = {
	tag: 'life of records',
	auth: 'account',
	limit: 'api',
	params: RECORD_PARAMS,
	query: NO_QUERY,
	problems: ['not-found', 'conflict', 'too-large'],
} as const;

/** What acts have in common: each is made once under its key. */
export const ACT = { ...LIFE, method: 'POST', idempotent: true } as const;

/** The owner of a record; what is not there belongs to the cluster, so that nobody else learns so. */
async function ownerNow(db: Queryable, name: RecordName): Promise<string | undefined> {
	try {
		return (await readLife(db, name)).owner;
	} catch (error) {
		if (error instanceof NotFoundError) return undefined;
		throw error;
	}
}

/**
 * The paths in the tree of nodes that an act touches: that of the record's owner, and that of the
 * owner its new words name. Who gives a record away needs the role at both ends.
 */
export async function ownersOf(
	db: Queryable,
	name: RecordName,
	document?: { id: string },
): Promise<string[][]> {
	const now = await ownerNow(db, name);
	const said = document && ownerOf(name.resource, document);
	// A new museum is nobody's own yet: it is the cluster that grows.
	const isNewMuseum = name.resource === 'museums' && now === undefined;
	const owners = isNewMuseum ? [CLUSTER] : [now ?? said ?? CLUSTER, said ?? now ?? CLUSTER];
	return await Promise.all([...new Set(owners)].map((owner) => pathOf(db, owner)));
}

/** Whether a principal has the role at every path an act touches. */
export function holdsAll(
	principal: Principal,
	role: Role,
	paths: readonly (readonly string[])[],
): boolean {
	return paths.every((path) => holds(principal, role, path));
}

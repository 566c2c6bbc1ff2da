import type { MaySee } from '../assets/visible.ts';
import { below, CLUSTER, pathOf } from '../auth/nodes.ts';
import { holds } from '../auth/policy.ts';
import type { Principal } from '../auth/principal.ts';
import type { Queryable } from '../database/database.ts';

/** The least role that sees what is not published. */
const ROLE = 'docent';

/**
 * What a principal sees beside what is published: what belongs to a node where they, there or above,
 * are docent or more. Undefined for who sees nothing more than everyone.
 */
export function maySeeOf(db: Queryable, principal: Principal): MaySee | undefined {
	if (principal.kind === 'anonymous' || principal.kind === 'device') return undefined;
	return async (owner) => holds(principal, ROLE, await pathOf(db, owner));
}

/** The nodes where a principal sees what is not published, with all below them. */
export async function nodesSeenBy(db: Queryable, principal: Principal): Promise<string[]> {
	if (principal.kind === 'system') return [CLUSTER];
	if (principal.kind !== 'account') return [];
	const nodes = principal.grants.map((grant) => grant.node);
	const own = nodes.filter((node) => holds(principal, ROLE, [node]));
	const lower = await Promise.all(own.map((node) => below(db, node)));
	return [...new Set([...own, ...lower.flat()])];
}

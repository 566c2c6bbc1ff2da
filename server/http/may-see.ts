import type { MaySee } from '../assets/visible.ts';
import { CLUSTER } from '../auth/nodes.ts';
import { holds } from '../auth/policy.ts';
import type { Principal } from '../auth/principal.ts';

/** The least role that sees what is not published. */
const ROLE = 'docent';

/**
 * What a principal sees beside what is published: what belongs to a node where they are docent or more.
 * Undefined for who sees nothing more than everyone.
 */
export function maySeeOf(principal: Principal): MaySee | undefined {
	if (principal.kind === 'anonymous' || principal.kind === 'device') return undefined;
	return (owner) => holds(principal, ROLE, [owner, CLUSTER]);
}

/** The nodes where a principal sees what is not published. */
export function nodesSeenBy(principal: Principal): string[] {
	if (principal.kind === 'system') return [CLUSTER];
	if (principal.kind !== 'account') return [];
	const nodes = principal.grants.map((grant) => grant.node);
	return nodes.filter((node) => holds(principal, ROLE, [node]));
}

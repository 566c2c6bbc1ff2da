import { isAtLeast, type Role } from '#schema/account/role';
import type { Principal } from './principal.ts';

/**
 * Whether a principal has `role`, or one above it, at any node of `path`: the node a thing belongs to
 * and all nodes above it, up to the cluster. The program itself may everything, a device has no role.
 */
export function holds(principal: Principal, role: Role, path: readonly string[]): boolean {
	if (principal.kind === 'system') return true;
	if (principal.kind !== 'account') return false;
	return principal.grants.some((grant) => path.includes(grant.node) && isAtLeast(grant.role, role));
}

import { z } from 'zod';

/** What a person may do at a node of the cluster, least first; each may what the ones before it may. */
export const ROLES = ['visitor', 'docent', 'curator', 'registrar', 'admin'] as const;

export const role = z.enum(ROLES).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

/** Whether `held` is `asked` or stands above it. */
export function isAtLeast(held: Role, asked: Role): boolean {
	return ROLES.indexOf(held) >= ROLES.indexOf(asked);
}

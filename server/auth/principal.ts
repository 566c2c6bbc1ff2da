import type { Role } from '#schema/account/role';
import { UnauthenticatedError } from '../errors.ts';

/** A role at a node of the one tree (the cluster, a museum, a place); it holds below that node, too. */
export interface Grant {
	role: Role;
	node: string;
}

/** Who asks. Ids are opaque: they say nothing about a person. */
export type Principal =
	| { kind: 'anonymous' }
	| { kind: 'account'; id: string; grants: readonly Grant[] }
	| { kind: 'device'; id: string; node: string }
	| { kind: 'system'; id: string };

export const ANONYMOUS: Principal = { kind: 'anonymous' };

/** The account of who is signed in; routes for accounts admit nobody else. Throws UnauthenticatedError. */
export function accountOf(principal: Principal): string {
	if (principal.kind === 'account') return principal.id;
	throw new UnauthenticatedError('request: nobody is signed in — sign in, then try again');
}

/** What a request carries to say who asks. */
export interface Credentials {
	cookie?: string | undefined;
	authorization?: string | undefined;
}

/** Tells who asks. Credentials that are unknown, ended or revoked are no error: they make nobody of who sends them. */
export type Identify = (credentials: Credentials) => Promise<Principal>;

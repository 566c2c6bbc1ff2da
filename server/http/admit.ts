import type { Principal } from '../auth/principal.ts';
import { ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may come to a route at all. `public`: anyone, and the handler is told who it is all the same.
 * `account`: who is signed in. `device-or-account`: a paired device, too.
 */
export type AuthClass = 'public' | 'account' | 'device-or-account';

/** Why a principal does not get what it asks for: 401 for who is not known, 403 for who is, in words. */
export function refuse(principal: Principal, isHidden?: boolean): Error {
	if (isHidden) return new NotFoundError('request: there is nothing here that you may see');
	if (principal.kind === 'anonymous') {
		return new UnauthenticatedError('request: nobody is signed in — sign in, then try again');
	}
	return new ForbiddenError(
		'request: this is not open to you — ask an administrator of the museum for the role it needs',
	);
}

/**
 * Lets in who the route is for at all. A device only ever reads: whatever the policy says, it changes
 * nothing. Throws UnauthenticatedError or ForbiddenError.
 */
export function admit(route: { auth: AuthClass; method: Method }, principal: Principal): void {
	if (principal.kind === 'device') {
		if (route.method !== 'GET') {
			throw new ForbiddenError('request: a device may look and change nothing');
		}
		if (route.auth === 'account') throw refuse(principal);
	}
	if (route.auth !== 'public' && principal.kind === 'anonymous') throw refuse(principal);
}

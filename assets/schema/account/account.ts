import { z } from 'zod';
import { deviceKind, nodeId } from './device.ts';
import { role } from './role.ts';

/** Ten characters: long enough to resist guessing at argon2id's price, short enough for a phrase. */
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;

const password = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX);
const givenPassword = z.string().min(1).max(PASSWORD_LENGTH_MAX);
const email = z.email().max(200).toLowerCase();
const personName = z.string().trim().min(1).max(100);
const token = z.string().min(1).max(200);

/** Opaque: it says nothing about the person, and stays when the person is erased. */
export const accountId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** A role at a node, which holds below it, too. */
export const grant = z.object({ node: nodeId, role }).meta({ id: 'Grant' });

/** Who asks, as the server sees it. */
export const me = z
	.discriminatedUnion('kind', [
		z.object({ kind: z.literal('anonymous') }),
		z.object({
			kind: z.literal('account'),
			id: accountId,
			name: z.string(),
			email: z.string(),
			grants: z.array(grant),
		}),
		z.object({
			kind: z.literal('device'),
			id: z.uuid(),
			name: z.string(),
			deviceKind,
			node: nodeId,
		}),
	])
	.meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

/** An account, as administrators see it. Of an erased one nothing personal is left. */
export const account = z
	.object({
		id: accountId,
		name: z.string(),
		email: z.string(),
		grants: z.array(grant),
		createdAt: z.iso.datetime(),
		bannedAt: z.iso.datetime().nullable(),
	})
	.meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

export const signIn = z.strictObject({ email, password: givenPassword });
export const passwordChange = z.strictObject({
	currentPassword: givenPassword,
	newPassword: password,
});
export const passwordReset = z.strictObject({ token, password });

/** The first administrator, by the link printed at the first start. */
export const firstAccount = z.strictObject({ token, email, name: personName, password });

export const invitationRequest = z.strictObject({ email, node: nodeId, role });
/** Who is signed in needs neither name nor password. */
export const invitationAcceptance = z.strictObject({
	token,
	name: personName.optional(),
	password: password.optional(),
});

/** A link that works once, for who asked to hand on. */
export const oneTimeLink = z
	.object({ link: z.string(), expiresAt: z.iso.datetime() })
	.meta({ id: 'OneTimeLink' });

export const grantRequest = z.strictObject({ role });
export const accountRef = z.object({ id: accountId }).meta({ id: 'AccountRef' });

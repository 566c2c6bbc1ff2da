import {
	type AnyPgColumn,
	boolean,
	customType,
	index,
	pgTable,
	primaryKey,
	text,
	uuid,
} from 'drizzle-orm/pg-core';
import type { DeviceKind } from '#schema/account/device';
import type { Role } from '#schema/account/role';
import { at, instant } from './columns.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Secrets all machines of one database share, made at the first start. */
export const secret = pgTable('secret', {
	name: text().primaryKey(),
	value: bytea().notNull(),
});

/** The one tree that roles are held at: the cluster, its museums, their places. Museums bear the id of their record. */
export const node = pgTable('node', {
	id: text().primaryKey(),
	kind: text().$type<'cluster' | 'museum' | 'place'>().notNull(),
	/** Null at the cluster alone. */
	parent: text().references((): AnyPgColumn => node.id),
});

/** Somebody who may sign in. The id is opaque and stays when the person is erased: revisions and the register name it. */
export const account = pgTable('account', {
	id: text().primaryKey(),
	createdAt: at('created_at'),
	bannedAt: instant('banned_at'),
	erasedAt: instant('erased_at'),
});

/** Personal data of an account, and nothing else in the database is: deleting the row erases them. */
export const person = pgTable('person', {
	id: text()
		.primaryKey()
		.references(() => account.id),
	name: text().notNull(),
	/** In small letters. */
	email: text().notNull().unique(),
	emailVerified: boolean('email_verified').notNull().default(false),
	image: text(),
	createdAt: at('created_at'),
	updatedAt: at('updated_at'),
});

const ofPerson = (name: string) =>
	text(name)
		.notNull()
		.references(() => person.id, { onDelete: 'cascade' });

/** How a person proves to be one: for now a password, hashed with argon2id. Columns as better-auth asks for them. */
export const credential = pgTable(
	'credential',
	{
		id: text().primaryKey(),
		accountId: text('account_id').notNull(),
		providerId: text('provider_id').notNull(),
		userId: ofPerson('user_id'),
		accessToken: text('access_token'),
		refreshToken: text('refresh_token'),
		idToken: text('id_token'),
		accessTokenExpiresAt: instant('access_token_expires_at'),
		refreshTokenExpiresAt: instant('refresh_token_expires_at'),
		scope: text(),
		password: text(),
		createdAt: at('created_at'),
		updatedAt: at('updated_at'),
	},
	(t) => [index('credential_user').on(t.userId)],
);

/** A sign-in that lasts; deleting the row ends it at once. The address it came from is not kept. */
export const session = pgTable(
	'session',
	{
		id: text().primaryKey(),
		token: text().notNull().unique(),
		userId: ofPerson('user_id'),
		expiresAt: instant('expires_at').notNull(),
		ipAddress: text('ip_address'),
		userAgent: text('user_agent'),
		createdAt: at('created_at'),
		updatedAt: at('updated_at'),
	},
	(t) => [index('session_user').on(t.userId)],
);

/** What better-auth keeps for a few minutes between two steps. */
export const verification = pgTable(
	'verification',
	{
		id: text().primaryKey(),
		identifier: text().notNull(),
		value: text().notNull(),
		expiresAt: instant('expires_at').notNull(),
		createdAt: at('created_at'),
		updatedAt: at('updated_at'),
	},
	(t) => [index('verification_identifier').on(t.identifier)],
);

/** The role an account holds at a node, and below it. */
export const grantRole = pgTable(
	'grant_role',
	{
		account: text()
			.notNull()
			.references(() => account.id),
		node: text()
			.notNull()
			.references(() => node.id),
		role: text().$type<Role>().notNull(),
		grantedBy: text('granted_by').notNull(),
		createdAt: at('created_at'),
	},
	(t) => [primaryKey({ columns: [t.account, t.node] }), index('grant_role_node').on(t.node)],
);

/** A link that works once: to be the first administrator, to accept an invitation, to choose a new password. */
export const link = pgTable('link', {
	id: uuid().primaryKey().defaultRandom(),
	purpose: text().$type<'first' | 'invitation' | 'reset'>().notNull(),
	/** SHA-256 of the token in the link; the token itself is nowhere. */
	tokenHash: text('token_hash').notNull().unique(),
	/** Whose password a reset is for. */
	account: text().references(() => account.id),
	/** Whom an invitation is for, and the role at a node it gives. */
	email: text(),
	node: text().references(() => node.id),
	role: text().$type<Role>(),
	madeBy: text('made_by').notNull(),
	expiresAt: instant('expires_at').notNull(),
	createdAt: at('created_at'),
});

/** A kiosk or headset. Paired by a code a person approves; its token only ever reads. */
export const device = pgTable(
	'device',
	{
		id: uuid().primaryKey().defaultRandom(),
		name: text().notNull(),
		kind: text().$type<DeviceKind>().notNull(),
		/** Where it stands; null until it is approved. */
		node: text().references(() => node.id),
		/** SHA-256 of its token; null until it has fetched it. */
		tokenHash: text('token_hash').unique(),
		/** SHA-256 of the code on its screen; null once it is approved. */
		codeHash: text('code_hash').unique(),
		/** Until when it can be approved, and its token fetched. */
		codeExpiresAt: instant('code_expires_at').notNull(),
		/** SHA-256 of the secret it fetches its token with; null once it has. */
		pollHash: text('poll_hash').unique(),
		approvedBy: text('approved_by'),
		createdAt: at('created_at'),
		/** To the minute. */
		lastSeenAt: instant('last_seen_at'),
		revokedAt: instant('revoked_at'),
	},
	(t) => [index('device_node').on(t.node)],
);

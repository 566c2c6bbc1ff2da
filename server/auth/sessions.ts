import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '#schema/account/account';
import type { Database } from '../database/database.ts';
import { account, credential, person, session, verification } from '../database/schema/auth.ts';
import { ForbiddenError, InvalidError, UnauthenticatedError } from '../errors.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { COOKIE_PREFIX } from './session-cookie.ts';

const DAY_S = 24 * 3600;
/** Who comes back within a week stays signed in; the week begins anew at most once a day. */
const SESSION_S = 7 * DAY_S;

export interface SessionSettings {
	secret: string;
	/** Where visitors reach the site; over https, cookies only travel that way. */
	publicUrl?: string | undefined;
}

/** An answer of better-auth that matters here: what it sets as cookies. */
interface Cookies {
	cookies: string[];
}

/** Signing in and out. better-auth does it; nobody else talks to it, and none of its own addresses is mounted. */
export interface Sessions {
	/** Throws UnauthenticatedError for a wrong address or password alike, ForbiddenError for who is banned. */
	signIn(email: string, password: string): Promise<Cookies & { account: string }>;
	/** Ends a session; one that is none is no error. */
	signOut(cookie: string | undefined): Promise<Cookies>;
	/** The account a cookie is for; undefined for one that is wrong, ended or out of date. Prolongs nothing. */
	read(cookie: string): Promise<string | undefined>;
	/** Prolongs a session whose week is a day old. */
	refresh(cookie: string | undefined): Promise<Cookies>;
	/** Ends all other sessions of the account, too. Throws InvalidError when the current password is another. */
	changePassword(cookie: string, current: string, next: string): Promise<Cookies>;
}

function makeAuth(db: Database, settings: SessionSettings, logger: Logger) {
	const { secret, publicUrl } = settings;
	return betterAuth({
		appName: 'Xishan',
		secret,
		// Only decides whether cookies are secure: no address of its own is mounted, nothing redirects.
		baseURL: publicUrl ?? 'http://localhost',
		telemetry: { enabled: false },
		// Its messages may hold addresses of people; what goes wrong is thrown, and logged by us.
		logger: { log: (level, message) => logger.debug({ level }, `sessions: ${message}`) },
		database: drizzleAdapter(db.orm, {
			provider: 'pg',
			schema: { person, credential, session, verification },
		}),
		user: { modelName: 'person' },
		account: { modelName: 'credential' },
		session: { modelName: 'session', expiresIn: SESSION_S, updateAge: DAY_S },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: PASSWORD_LENGTH_MIN,
			maxPasswordLength: PASSWORD_LENGTH_MAX,
			password: {
				hash: hashPassword,
				verify: ({ hash, password }) => isPassword(hash, password),
			},
		},
		// The routes' own limits know the address behind the proxy, and count by name, too.
		rateLimit: { enabled: false },
		advanced: {
			cookiePrefix: COOKIE_PREFIX,
			useSecureCookies: publicUrl?.startsWith('https:') ?? false,
			// Who signs in from where is nobody's business here.
			ipAddress: { disableIpTracking: true },
		},
		databaseHooks: {
			session: {
				create: {
					async before({ userId }) {
						const [found] = await db.orm
							.select({ bannedAt: account.bannedAt })
							.from(account)
							.where(eq(account.id, userId));
						if (found?.bannedAt === null) return;
						throw new ForbiddenError('sign in: this account is closed — ask an administrator');
					},
				},
			},
		},
	});
}

/** Whether better-auth refused what was given, rather than failed. */
function isRefusal(error: unknown): boolean {
	return error instanceof APIError && error.statusCode < 500;
}

function headersOf(cookie: string | undefined): Headers {
	return new Headers(cookie === undefined ? {} : { cookie });
}

/** Opens them over the catalogue's database. Needs no release. */
export function openSessions(db: Database, settings: SessionSettings, logger: Logger): Sessions {
	const { api } = makeAuth(db, settings, logger);
	const read: Sessions['read'] = async (cookie) => {
		const query = { disableRefresh: true };
		return (await api.getSession({ headers: headersOf(cookie), query }))?.user.id;
	};
	return {
		read,
		async signIn(email, password) {
			try {
				const { headers, response } = await api.signInEmail({
					body: { email, password },
					returnHeaders: true,
				});
				return { account: response.user.id, cookies: headers.getSetCookie() };
			} catch (error) {
				if (!isRefusal(error)) throw error;
				throw new UnauthenticatedError(
					'sign in: the address or the password is wrong — try again',
					{
						cause: error,
					},
				);
			}
		},
		async signOut(cookie) {
			const given = { headers: headersOf(cookie), returnHeaders: true } as const;
			const { headers } = await api.signOut(given);
			return { cookies: headers.getSetCookie() };
		},
		async refresh(cookie) {
			const given = { headers: headersOf(cookie), returnHeaders: true } as const;
			const { headers } = await api.getSession(given);
			return { cookies: headers.getSetCookie() };
		},
		async changePassword(cookie, current, next) {
			try {
				const { headers } = await api.changePassword({
					body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
					headers: headersOf(cookie),
					returnHeaders: true,
				});
				return { cookies: headers.getSetCookie() };
			} catch (error) {
				if (!isRefusal(error)) throw error;
				throw new InvalidError('password: the current one is another — try again', [
					{ path: 'currentPassword', message: 'is not the current password' },
				]);
			}
		},
	};
}

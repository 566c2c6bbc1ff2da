import { eq, sql } from 'drizzle-orm';
import { ConflictError } from '../errors.ts';
import type { Database } from './database.ts';
import { keptAnswer } from './schema/answers.ts';

/** An answer as it was given. */
export interface KeptAnswer {
	status: number;
	/** Undefined where there was none. */
	body: unknown;
}

/**
 * Takes a key for a change about to be made, or gives the answer the change has had within a day.
 * `request` is a hash of what is asked. A key whose change never answered, because the server died in
 * it, is free again after a minute: whether that change was made is then for the change itself to see.
 * Throws ConflictError while the first is under way, and where the key stands for another request.
 */
export async function claimAnswer(
	{ orm }: Database,
	key: string,
	request: string,
): Promise<KeptAnswer | 'claimed'> {
	await orm.delete(keptAnswer).where(sql`${keptAnswer.claimedAt} < now() - interval '1 day'`);
	const claimed = await orm
		.insert(keptAnswer)
		.values({ key, request })
		.onConflictDoUpdate({
			target: keptAnswer.key,
			set: { request, claimedAt: sql`now()` },
			setWhere: sql`${keptAnswer.status} is null and ${keptAnswer.claimedAt} < now() - interval '1 minute'`,
		})
		.returning({ key: keptAnswer.key });
	if (claimed.length > 0) return 'claimed';
	const [kept] = await orm.select().from(keptAnswer).where(eq(keptAnswer.key, key));
	if (kept?.request === request && kept.status !== null) {
		return { status: kept.status, body: kept.body ?? undefined };
	}
	throw new ConflictError(
		kept === undefined || kept.request === request
			? 'request: the same one is under way — wait, then ask again'
			: 'request: its Idempotency-Key was used for another one — choose a new key',
	);
}

/** Keeps what a change answered under the key it claimed. */
export async function keepAnswer(
	{ orm }: Database,
	key: string,
	answer: KeptAnswer,
): Promise<void> {
	const { status, body } = answer;
	await orm.update(keptAnswer).set({ status, body }).where(eq(keptAnswer.key, key));
}

/** Frees the key of a change that failed: it may be tried again at once. */
export async function freeAnswer({ orm }: Database, key: string): Promise<void> {
	await orm.delete(keptAnswer).where(eq(keptAnswer.key, key));
}

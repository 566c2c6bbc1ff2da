import { approve } from '../../server/catalogue/approve.ts';
import type { Cut } from '../../server/catalogue/cut-revision.ts';
import { type PublishWish, publish } from '../../server/catalogue/publish.ts';
import { readLife } from '../../server/catalogue/read-history.ts';
import { submit } from '../../server/catalogue/submit.ts';
import type { Withdrawal } from '../../server/catalogue/withdraw.ts';
import type { Database } from '../../server/database/database.ts';
import { aMuseum } from './records.ts';

/** The record whose life is told. */
export const NAME = { resource: 'museums', id: 'river-museum' } as const;

export function renamed(name: string, en?: string) {
	return aMuseum({ name: { 'zh-CN': name, ...(en ? { en } : {}) } });
}

/** A revision by `writer`. */
export function cut(base: number, document: object, more: Partial<Cut> = {}): Cut {
	return { ...NAME, ...{ document, base, actor: 'writer', note: 'a note' }, ...more };
}

/** A withdrawal by `registrar`. */
export function withdrawal(base: number, more: Partial<Withdrawal> = {}): Withdrawal {
	return { ...NAME, ...{ base, actor: 'registrar', reason: 'a mistake' }, ...more };
}

/** Takes a document through all hands: `writer` submits, `second` approves and publishes. Gives its revision. */
export async function publishByHand(
	db: Database,
	document = aMuseum(),
	wish: Partial<PublishWish> = {},
): Promise<number> {
	const life = await readLife(db.orm, NAME).catch(() => ({ newest: 0 }));
	return db.orm.transaction(async (tx) => {
		const base = await submit(tx, cut(life.newest, document));
		await approve(tx, { ...NAME, actor: 'second', base });
		await publish(tx, { ...NAME, actor: 'second', base, languages: ['en'], ...wish });
		return base;
	});
}

/** What the register says, as `actor: action`. */
export async function actsOf(db: Database): Promise<string[]> {
	const { rows } = await db.pool.query('select actor, action from audit order by id');
	return rows.map(({ actor, action }) => `${actor}: ${action}`);
}

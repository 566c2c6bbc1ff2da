import { sql } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { type AuditRow, leafOf } from './leaf.ts';

/** An act to write down; when is known. */
export type Act = Omit<AuditRow, 'at'>;

/**
 * Writes acts into the register, in one statement, in the transaction that does them: either both
 * happened or neither. `detail` must be plain JSON.
 */
export async function writeAudit(tx: Transaction, ...acts: readonly Act[]): Promise<void> {
	if (acts.length === 0) return;
	const at = new Date();
	const rows = acts.map((act) => ({ ...act, at, leaf: leafOf({ ...act, at }) }));
	await tx.execute(sql`insert into audit (at, actor, action, subject, detail, leaf)
		select at, actor, action, subject, detail, leaf from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
		as act(at timestamptz, actor text, action text, subject text, detail jsonb, leaf text)`);
}

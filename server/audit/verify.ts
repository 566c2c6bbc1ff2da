import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { type AuditRow, FIRST_ROOT, leafOf, rootOf } from './leaf.ts';

/** Something in the register that is not as it was written. */
export interface AuditFault {
	/** `changed-row`: a row's facts are not those of its leaf; `missing-row`: a seal lacks rows, or has too many; `broken-seal`: a seal does not follow from its rows and the seal before. */
	kind: 'changed-row' | 'missing-row' | 'broken-seal';
	/** The row or the seal, and what is wrong with it. */
	where: string;
}

/** What a check of the whole register found. */
export interface AuditReport {
	rows: number;
	seals: number;
	/** Rows that no seal holds yet; those of the last second are usual. */
	unsealed: number;
	/** Of the newest seal: to be kept outside, because whoever owns the database could make all anew. */
	root: string;
	faults: AuditFault[];
}

type Row = { id: string; leaf: string; at: string } & Omit<AuditRow, 'at'>;
type Seal = { id: number; prev: string; root: string; leaves: number };
const ROWS_A_STEP = 10_000;

/** Faults of rows by themselves: facts that are not those of the leaf. */
function changedRows(rows: readonly Row[]): AuditFault[] {
	return rows
		.filter((row) => leafOf({ ...row, at: new Date(row.at) }) !== row.leaf)
		.map((row) => ({
			kind: 'changed-row' as const,
			where: `row ${row.id} (${row.action} of ${row.subject}) is not what was written`,
		}));
}

function sealFaults(seal: Seal, before: Seal | undefined, rows: readonly Row[]): AuditFault[] {
	const faults: AuditFault[] = [];
	const broken = (what: string) =>
		faults.push({ kind: 'broken-seal', where: `seal ${seal.id} ${what}` });
	if (seal.id !== (before?.id ?? 0) + 1)
		broken(`follows seal ${before?.id ?? 0}: some are missing`);
	else if (seal.prev !== (before?.root ?? FIRST_ROOT)) broken('does not continue the one before');
	const leaves = rows.map((row) => row.leaf);
	if (leaves.length !== seal.leaves) {
		const span = `${rows[0]?.id ?? 'none'} to ${rows.at(-1)?.id ?? 'none'}`;
		const where = `seal ${seal.id} closed ${seal.leaves} rows and holds ${leaves.length} (${span})`;
		faults.push({ kind: 'missing-row', where });
	} else if (rootOf(seal.prev, leaves) !== seal.root) broken('does not follow from its rows');
	return faults;
}

const COLUMNS = sql`id, to_json(at) as at, actor, action, subject, detail, leaf`;

async function checkSeals(tx: Transaction, report: AuditReport): Promise<void> {
	let before: Seal | undefined;
	for (;;) {
		const found = await tx.execute<Seal>(
			sql`select id, prev, root, leaves from seal where id > ${before?.id ?? 0} order by id limit 1`,
		);
		const seal = found.rows[0];
		if (seal === undefined) return;
		const { rows } = await tx.execute<Row>(
			sql`select ${COLUMNS} from audit where seal = ${seal.id} order by id`,
		);
		report.faults.push(...changedRows(rows), ...sealFaults(seal, before, rows));
		report.rows += rows.length;
		report.seals += 1;
		report.root = seal.root;
		before = seal;
	}
}

async function checkUnsealed(tx: Transaction, report: AuditReport): Promise<void> {
	let after = '0';
	for (;;) {
		const { rows } = await tx.execute<Row>(sql`select ${COLUMNS} from audit
			where seal is null and id > ${after}::bigint order by id limit ${ROWS_A_STEP}`);
		report.faults.push(...changedRows(rows));
		report.rows += rows.length;
		report.unsealed += rows.length;
		const last = rows.at(-1);
		if (last === undefined) return;
		after = last.id;
	}
}

async function checkStrays(tx: Transaction, report: AuditReport): Promise<void> {
	const { rows } = await tx.execute<{ id: string; seal: number }>(sql`select id, seal from audit
		where seal is not null and not exists (select from seal s where s.id = audit.seal) order by id`);
	for (const { id, seal } of rows) {
		report.faults.push({ kind: 'broken-seal', where: `row ${id} names seal ${seal}: it is gone` });
	}
	report.rows += rows.length;
}

/**
 * Recomputes every leaf and every seal of the register as it stands at one moment, changing nothing.
 * Memory is that of one seal.
 */
export async function verifyAudit(db: Database): Promise<AuditReport> {
	return db.orm.transaction(
		async (tx) => {
			const report = { rows: 0, seals: 0, unsealed: 0, root: FIRST_ROOT, faults: [] };
			await checkSeals(tx, report);
			await checkUnsealed(tx, report);
			await checkStrays(tx, report);
			return report;
		},
		{ isolationLevel: 'repeatable read', accessMode: 'read only' },
	);
}

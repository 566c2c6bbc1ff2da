import { readdir, readFile } from 'node:fs/promises';
import type { Database } from '../../server/database/database.ts';

/** How often Linux counts: always 100 Hz to user programs. */
const TICKS_PER_S = 100;

interface Times {
	parent: number;
	ownS: number;
	/** Of children that have ended and were waited for. */
	endedS: number;
}

async function timesOf(pid: number): Promise<Times | null> {
	const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
	if (text === null) return null;
	// Behind the name, which may hold blanks: proc(5) counts on from field 3.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const seconds = (field: number) => Number(fields[field - 3]) / TICKS_PER_S;
	return {
		parent: Number(fields[1]),
		ownS: seconds(14) + seconds(15),
		endedS: seconds(16) + seconds(17),
	};
}

/** CPU seconds of this process so far, user and system. */
export function ownCpuS(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

/** CPU seconds of a PostgreSQL on this machine so far: its postmaster and all its children. Linux only. */
export async function postgresCpuS(db: Database): Promise<number> {
	const { rows } = await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
	const postmaster = (await timesOf(rows[0]?.pid ?? 0))?.parent ?? 0;
	const own = await timesOf(postmaster);
	let totalS = (own?.ownS ?? 0) + (own?.endedS ?? 0);
	for (const name of await readdir('/proc')) {
		const times = /^\d+$/.test(name) ? await timesOf(Number(name)) : null;
		if (times?.parent === postmaster) totalS += times.ownS;
	}
	return totalS;
}

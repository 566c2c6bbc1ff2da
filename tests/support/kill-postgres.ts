import { readFile } from 'node:fs/promises';
import { postmasterPid } from '../../server/database/embedded/left-over.ts';

function killNow(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		// A session that was just over.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/**
 * Kills every process of the PostgreSQL on a data folder, as the end of a container or of a machine
 * does, and gives the number of the first of them. Without `/proc` only that one, as children then see for themselves.
 */
export async function killPostgres(data: string): Promise<number> {
	const pid = await postmasterPid(data);
	if (pid === null) throw new Error(`no PostgreSQL runs on ${data}`);
	const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
	for (const each of [pid, ...children.split(' ').filter(Boolean).map(Number)]) killNow(each);
	return pid;
}

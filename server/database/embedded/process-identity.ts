import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What tells a process apart from a later one with the same number. Null: no such process. */
export async function processIdentity(pid: number): Promise<string | null> {
	if (!Number.isSafeInteger(pid) || pid <= 0) return null;
	if (process.platform !== 'linux') return psColumn(pid, 'lstart');
	try {
		const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The name in brackets may hold anything; the 20th field after it is the start, in ticks.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		// A dead process whose parent has not looked yet counts as dead.
		return fields[0] === 'Z' ? null : `${boot.trim()}/${fields[19]}`;
	} catch {
		return null;
	}
}

/** Whether `argument` is one of the words a process was started with. */
export async function wasStartedWith(pid: number, argument: string): Promise<boolean> {
	if (process.platform !== 'linux') {
		return ((await psColumn(pid, 'command')) ?? '').includes(argument);
	}
	const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
	return words.split('\0').includes(argument);
}

async function psColumn(pid: number, column: string): Promise<string | null> {
	try {
		const { stdout } = await run('ps', ['-o', `${column}=`, '-p', String(pid)]);
		return stdout.trim() || null;
	} catch {
		return null;
	}
}

import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from '../../errors.ts';

/** Who PostgreSQL runs as; it refuses to run as root. */
export interface Account {
	uid: number;
	gid: number;
}

/** Preferred first. `nobody` is everywhere; whoever wants more separation makes an account `xishan`. */
const NAMES = ['xishan', 'nobody'];

const READ = 4;
const TRAVERSE = 1;

async function accountNamed(name: string): Promise<Account | undefined> {
	const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
	const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
	if (!fields) return undefined;
	// macOS writes -2 for nobody: the same 32 bits, unsigned.
	return { uid: Number(fields[2]) >>> 0, gid: Number(fields[3]) >>> 0 };
}

/**
 * The account to drop to when this process is root, else undefined: stay who we are. A cluster that
 * exists keeps its owner. Throws StartError when root finds nobody to drop to.
 */
export async function accountToDropTo(clusterFolder: string): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const owner = await stat(clusterFolder).catch(() => null);
	if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
	for (const name of NAMES) {
		const account = await accountNamed(name);
		if (account) return account;
	}
	throw new StartError(
		'database: PostgreSQL refuses to run as root and there is no account "nobody" — start as another user or set DATABASE_URL',
	);
}

async function allows(path: string, account: Account, wanted: number): Promise<boolean> {
	const { uid, gid, mode } = await stat(path);
	const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
	return ((mode >> shift) & wanted) === wanted;
}

/** Whether `account` can walk to `path` and read what is there; `path` exists. */
export async function canReach(path: string, account: Account): Promise<boolean> {
	if (!(await allows(path, account, READ))) return false;
	return canWalkInto(dirname(path), account);
}

/** Whether `account` can walk into the folder `path`, which exists. */
export async function canWalkInto(path: string, account: Account): Promise<boolean> {
	if (!(await allows(path, account, TRAVERSE))) return false;
	const parent = dirname(path);
	return parent === path || canWalkInto(parent, account);
}

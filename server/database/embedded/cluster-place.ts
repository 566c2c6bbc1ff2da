import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../errors.ts';
import { stopLeftOver } from './left-over.ts';
import { type Account, accountToDropTo, canWalkInto } from './system-account.ts';

/** Where machines keep the state of services; every account can walk there. */
const STATE_ROOT = '/var/lib';

/** Where the cluster lies and who runs it. */
export interface ClusterPlace {
	/** Holds `data`, the log and, when needed, the socket and the programs; owned by `account`. */
	home: string;
	account: Account | undefined;
}

async function exists(path: string): Promise<boolean> {
	return (await lstat(path).catch(() => null)) !== null;
}

async function writeDurably(path: string, text: string): Promise<void> {
	const staged = `${path}.new`;
	{
		await using file = await open(staged, 'w');
		await file.writeFile(text);
		await file.sync();
	}
	await rename(staged, path);
}

async function makeHome(home: string, account: Account | undefined): Promise<void> {
	await mkdir(home, { recursive: true, mode: 0o700 });
	if (account) await chown(home, account.uid, account.gid);
}

/** Name of the home of a data folder that our account cannot walk into; the same at every start. */
function outsideHome(dataDir: string, stateRoot: string): string {
	const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
	return join(stateRoot, `xishan-${hash}`);
}

/** The place written down at an earlier start. A copied data folder must not share the original's. */
async function recordedHome(dataDir: string, pointer: string): Promise<string> {
	const home = (await readFile(pointer, 'utf8')).trim();
	const owner = await readFile(join(home, 'data-folder'), 'utf8').catch(() => null);
	if (owner === null) {
		throw new StartError(
			`database: ${pointer} says the database lies in ${home}, but it is not there — bring it back, or remove that file to begin with an empty one`,
		);
	}
	if (owner !== dataDir) {
		if (await exists(join(owner, 'postgres.location'))) {
			throw new StartError(
				`database: ${dataDir} is a copy of ${owner}, whose database lies in ${home} — remove ${pointer} to begin with an empty one`,
			);
		}
		// The data folder was moved: its database comes along.
		await writeDurably(join(home, 'data-folder'), dataDir);
	}
	return home;
}

/** A cluster whose data folder was deleted is set aside, not reused: its objects are gone. */
async function setAside(home: string): Promise<void> {
	if (!(await exists(join(home, 'data')))) return;
	await stopLeftOver(join(home, 'data'));
	await rm(`${home}.old`, { recursive: true, force: true });
	await rename(home, `${home}.old`);
}

/**
 * Chooses where the cluster of a data folder lies: inside it, unless we are root and the account
 * PostgreSQL runs as cannot walk there (a folder below /root); then under `stateRoot`, written down
 * in `postgres.location`. Throws StartError when what is written down does not hold.
 */
export async function placeCluster(dataDir: string, stateRoot = STATE_ROOT): Promise<ClusterPlace> {
	const folder = await realpath(dataDir);
	const pointer = join(folder, 'postgres.location');
	if (await exists(pointer)) {
		const home = await recordedHome(folder, pointer);
		return { home, account: await accountToDropTo(home) };
	}
	const inside = join(folder, 'postgres');
	const account = await accountToDropTo(inside);
	if (!account || (await canWalkInto(folder, account))) {
		await makeHome(inside, account);
		return { home: inside, account };
	}
	const home = outsideHome(folder, stateRoot);
	await setAside(home);
	await makeHome(home, account);
	await writeDurably(join(home, 'data-folder'), folder);
	await writeDurably(pointer, home);
	return { home, account };
}

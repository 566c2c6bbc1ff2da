import { mkdir, rmdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, inject } from 'vitest';
import { type SpawnedServer, spawnServer } from './spawn-server.ts';

/**
 * A journey through the project's prepared cluster. Not run where the cluster's services are
 * missing, which was reported when the world was prepared.
 */
export function journey(name: string, stories: () => void): void {
	describe.skipIf(inject('world') === null)(name, stories);
}

async function isMade(folder: string): Promise<boolean> {
	try {
		await mkdir(folder);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Waits until no other file visits a cluster: one server at a time may use a data folder. */
async function takeTurn(dataDir: string): Promise<AsyncDisposable> {
	const turn = `${dataDir}.visited`;
	while (!(await isMade(turn))) await delay(200);
	return { [Symbol.asyncDispose]: () => rmdir(turn) };
}

/**
 * Starts a server on the prepared cluster with a built client: the visitors', or the one with the
 * headset emulator. Waits for its turn, and disposing gives the cluster to the next.
 */
export async function visitWorld(
	client: 'visitor' | 'emulator' = 'visitor',
): Promise<SpawnedServer> {
	const world = inject('world');
	if (world === null) throw new Error('the services of this world are missing');
	const { dataDir, env } = world;
	const clientDir = inject(client === 'visitor' ? 'clientFolder' : 'emulatorClientFolder');
	await using undo = new AsyncDisposableStack();
	undo.use(await takeTurn(dataDir));
	const server = undo.use(await spawnServer({ dataDir, clientDir, env }));
	const owned = undo.move();
	return { ...server, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

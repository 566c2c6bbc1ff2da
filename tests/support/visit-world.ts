import { describe, inject } from 'vitest';
import { type SpawnedServer, spawnServer } from './spawn-server.ts';

/**
 * A journey through the project's prepared cluster. Not run where the cluster's services are
 * missing, which was reported when the world was prepared.
 */
export function journey(name: string, stories: () => void): void {
	describe.skipIf(inject('world') === null)(name, stories);
}

/** Starts a server on the prepared cluster with a built client: the visitors', or the one with the headset emulator. */
export async function visitWorld(
	client: 'visitor' | 'emulator' = 'visitor',
): Promise<SpawnedServer> {
	const world = inject('world');
	if (world === null) throw new Error('the services of this world are missing');
	const clientDir = inject(client === 'visitor' ? 'clientFolder' : 'emulatorClientFolder');
	return await spawnServer({ dataDir: world.dataDir, clientDir, env: world.env });
}

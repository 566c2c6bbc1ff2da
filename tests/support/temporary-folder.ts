import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder, removed with all it holds when disposed. */
export interface TemporaryFolder extends AsyncDisposable {
	path: string;
}

/**
 * Makes an empty folder that every account can walk into, as a data folder usually is (`mkdtemp`
 * closes its folders, which sends a PostgreSQL started by root elsewhere). `mode` says otherwise.
 */
export async function temporaryFolder(name: string, mode = 0o755): Promise<TemporaryFolder> {
	const path = await realpath(await mkdtemp(join(tmpdir(), `xishan-${name}-`)));
	await chmod(path, mode);
	return {
		path,
		[Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
	};
}

import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryName } from './temporary-name.ts';

const SECRET_BYTES = 32;

/**
 * The secret that signs addresses, kept in `folder` and readable by its owner only; made at the
 * first call. Addresses therefore stay good across restarts, and processes that share the folder
 * accept each other's.
 */
export async function storeSecret(folder: string): Promise<Uint8Array> {
	const path = join(folder, 'address-secret');
	await mkdir(folder, { recursive: true });
	const temporary = join(folder, temporaryName());
	const file = await open(temporary, 'wx', 0o600);
	try {
		await file.writeFile(randomBytes(SECRET_BYTES));
		await file.sync();
		await file.close();
		await link(temporary, path);
	} catch (error) {
		// Somebody made it before; theirs counts.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	} finally {
		await rm(temporary, { force: true });
	}
	return readFile(path);
}

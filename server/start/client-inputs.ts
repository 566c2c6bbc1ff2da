import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

const PROJECT_DIR = resolve(import.meta.dirname, '../..');
const FOLDERS = ['client', 'assets/schema', 'assets/locales', 'assets/fonts', 'scripts/build'];
const FILES = ['vite.config.ts', 'package-lock.json'];
const NOTE = '.inputs';

/** One hash over everything the pages are built from: another after an update of the project. */
async function hashInputs(): Promise<string> {
	const hash = createHash('sha256');
	const paths = FILES.map((file) => join(PROJECT_DIR, file));
	for (const folder of FOLDERS) {
		const root = join(PROJECT_DIR, folder);
		const entries = await readdir(root, { recursive: true, withFileTypes: true });
		paths.push(...entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name)));
	}
	for (const path of paths.sort()) {
		hash.update(relative(PROJECT_DIR, path)).update('\0');
		hash.update(await readFile(path));
	}
	return hash.digest('hex');
}

/** Notes beside the built pages what they were built from. */
export async function noteInputs(clientDir: string): Promise<void> {
	await writeFile(join(clientDir, NOTE), await hashInputs());
}

/** Whether the pages were built from what the project holds now. Pages without a note were built by hand: they stand. */
export async function areInputsUnchanged(clientDir: string): Promise<boolean> {
	const noted = await readFile(join(clientDir, NOTE), 'utf8').catch(() => null);
	return noted === null || noted === (await hashInputs());
}

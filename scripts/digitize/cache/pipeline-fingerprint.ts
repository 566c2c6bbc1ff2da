import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

const PIPELINE = resolve(import.meta.dirname, '..');
const LOCK = resolve(PIPELINE, '../../package-lock.json');

let fingerprint: Promise<string> | undefined;

/**
 * A hash over the pipeline's own source and the lock of its libraries: any change of either may change
 * bytes, so it makes every remembered result unknown. About 10 ms, once a process.
 */
export function pipelineFingerprint(): Promise<string> {
	fingerprint ??= compute();
	return fingerprint;
}

async function compute(): Promise<string> {
	const entries = await readdir(PIPELINE, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
	const hash = createHash('sha256').update(await readFile(LOCK));
	for (const file of files) hash.update(relative(PIPELINE, file)).update(await readFile(file));
	return hash.digest('hex');
}

import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Where the run's skips are collected; the reporter empties it at the start and reads it at the end. */
export const SKIP_FILE = resolve(
	import.meta.dirname,
	'../../node_modules/.cache/xishan/skips.jsonl',
);

/**
 * Says that something could not be run here, and why. Every such line is printed at the end of the
 * run; with `CI=true` each is a failure, unless `allowed`: what no fresh machine can be asked to
 * have (such as scans that may not be copied into the project).
 */
export function reportSkip(what: string, options: { allowed?: boolean } = {}): void {
	mkdirSync(dirname(SKIP_FILE), { recursive: true });
	const line = JSON.stringify({ what, allowed: options.allowed ?? false });
	appendFileSync(SKIP_FILE, `${line}\n`);
}

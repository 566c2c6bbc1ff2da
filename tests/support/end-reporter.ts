import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { SKIP_FILE } from './skip.ts';

/** The run's closing line, for whatever calls `npm test` and wants to end with it. */
const SUMMARY_FILE = resolve(dirname(SKIP_FILE), 'summary.txt');

interface Skip {
	what: string;
	allowed: boolean;
}

function readSkips(): Skip[] {
	try {
		const lines = readFileSync(SKIP_FILE, 'utf8').trim().split('\n');
		return lines.filter(Boolean).map((line) => JSON.parse(line) as Skip);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

function countTests(modules: readonly TestModule[]) {
	const counts = { passed: 0, failed: 0, skipped: 0 };
	for (const module of modules) {
		const failedBefore = counts.failed;
		for (const test of module.children.allTests()) {
			const { state } = test.result();
			if (state === 'pending') counts.skipped++;
			else counts[state]++;
		}
		// A file that could not be read, or a suite whose preparation failed, has no failed test.
		if (module.state() === 'failed' && counts.failed === failedBefore) counts.failed++;
	}
	return counts;
}

/**
 * Ends a run by listing what could not be run here and printing `N passed, N failed, N skipped`.
 * With `CI=true` a skip that is not allowed makes the run fail.
 */
export default class EndReporter implements Reporter {
	onInit(): void {
		rmSync(SKIP_FILE, { force: true });
	}

	onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
		const counts = countTests(modules);
		const skips = readSkips();
		counts.skipped += skips.length;
		counts.failed += errors.length;
		const isStrict = process.env.CI === 'true';
		const lines = ['', ...skips.map((s) => `not run here: ${s.what}`)];
		if (isStrict && skips.some((s) => !s.allowed)) {
			lines.push('CI=true: what was not run counts as failed.');
			counts.failed += skips.filter((s) => !s.allowed).length;
			process.exitCode = 1;
		}
		const summary = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
		mkdirSync(dirname(SUMMARY_FILE), { recursive: true });
		writeFileSync(SUMMARY_FILE, `${summary}\n`);
		process.stdout.write(`${lines.join('\n')}\n${summary}\n`);
	}
}

import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type DigitizeEvent, digitizeEvent } from '#schema/digitize/digitize-event';

const CLI = resolve(import.meta.dirname, '../../../scripts/digitize/cli.ts');

export interface CliRun {
	status: number | null;
	stdout: string;
	stderr: string;
	/** The lines of standard output as the contract reads them; only with `--json`. */
	events: DigitizeEvent[];
}

export interface CliOptions {
	cwd?: string;
	/** Added to the environment. */
	env?: Record<string, string>;
	/** Told when a line has come; may end the process. */
	onLine?: (line: string, end: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the real command line, as the server does, and waits for its end. */
export async function runCli(words: string[], options: CliOptions = {}): Promise<CliRun> {
	// Turntable and AR model take most of the time, and have tests of their own.
	const extra = words.includes('--cache') ? ['--fast'] : ['--no-cache', '--fast'];
	const child = spawn(process.execPath, [CLI, ...words, ...extra], {
		cwd: options.cwd,
		env: { ...process.env, ...options.env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		options.onLine?.(stdout, (signal) => child.kill(signal));
	});
	const status = await new Promise<number | null>((done, fail) => {
		child.on('error', fail).on('close', done);
	});
	const lines = words.includes('--json') ? stdout.trim().split('\n').filter(Boolean) : [];
	const events = lines.map((line) => digitizeEvent.parse(JSON.parse(line)));
	return { status, stdout, stderr, events };
}

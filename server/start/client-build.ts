import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Logger } from 'pino';
import { noteInputs } from './client-inputs.ts';

const PROJECT_DIR = resolve(import.meta.dirname, '../..');
const MESSAGE_KEPT = 2000;

/** Whether visitors' pages are there to be served. */
export async function isClientBuilt(clientDir: string): Promise<boolean> {
	return access(join(clientDir, 'index.html')).then(
		() => true,
		() => false,
	);
}

function viteProgram(): string {
	const require = createRequire(import.meta.url);
	return join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
}

/**
 * Builds the client into `clientDir`, aside and then renamed, so that no half of it is ever served.
 * Never throws: a failed build is logged, and the site goes on without its pages.
 */
export async function buildClient(
	clientDir: string,
	logger: Logger,
	signal: AbortSignal,
): Promise<void> {
	const staged = `${clientDir}.new-${process.pid}`;
	try {
		const options = ['build', '--logLevel', 'warn', '--outDir', staged, '--emptyOutDir'];
		const child = spawn(process.execPath, [viteProgram(), ...options], {
			cwd: PROJECT_DIR,
			env: { ...process.env, NODE_ENV: 'production' },
			stdio: ['ignore', 'ignore', 'pipe'],
			signal,
		});
		const exited = once(child, 'exit');
		const [complaint, [code]] = await Promise.all([text(child.stderr), exited]);
		if (code !== 0) throw new Error(complaint.trim().slice(-MESSAGE_KEPT) || `exit status ${code}`);
		await noteInputs(staged);
		await rm(clientDir, { recursive: true, force: true });
		await rename(staged, clientDir);
		logger.info('the pages are built');
	} catch (error) {
		await rm(staged, { recursive: true, force: true });
		if (!signal.aborted) logger.error({ err: error }, 'the pages could not be built');
	}
}

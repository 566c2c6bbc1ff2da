import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		/** The client as visitors get it. */
		clientFolder: string;
		/** The same with the headset emulator inside. */
		emulatorClientFolder: string;
	}
}

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = resolve(ROOT, 'node_modules/.cache/xishan');
const KEPT_MS = 24 * 3_600_000;
const INPUTS = ['client', 'assets', 'scripts/build', 'vite.config.ts', 'package-lock.json'];

function addToHash(hash: ReturnType<typeof createHash>, path: string): void {
	const full = resolve(ROOT, path);
	const entries = path.endsWith('.ts') || path.endsWith('.json') ? null : readdirSync(full);
	if (entries === null) {
		hash.update(path).update(readFileSync(full));
		return;
	}
	for (const entry of readdirSync(full, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const file = join(entry.parentPath, entry.name);
		hash.update(file.slice(ROOT.length)).update(readFileSync(file));
	}
}

/** Builds one client into a folder named by its inputs, so that an unchanged client is not built twice. */
async function build(name: string, env: Record<string, string>, key: string): Promise<string> {
	const out = join(CACHE, `${name}-${key}`);
	if (existsSync(join(out, 'index.html'))) return out;
	for (const old of existsSync(CACHE) ? readdirSync(CACHE) : []) {
		const isOurs = old.startsWith(`${name}-`);
		// A young one may be another run's, under way.
		const isOld = isOurs && Date.now() - statSync(join(CACHE, old)).mtimeMs > KEPT_MS;
		if (isOld) rmSync(join(CACHE, old), { recursive: true });
	}
	const partial = `${out}.partial-${process.pid}`;
	const child = spawn(
		process.execPath,
		[resolve(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
		{
			cwd: ROOT,
			env: { ...process.env, NODE_ENV: 'production', ...env, XISHAN_CLIENT_OUT: partial },
			stdio: 'inherit',
		},
	);
	const [status] = await once(child, 'exit');
	if (status !== 0) throw new Error(`build of ${name} failed with ${status}`);
	renameSync(partial, out);
	return out;
}

/** Builds the client the journeys visit, once for visitors and once with the headset emulator. */
export async function setup(project: TestProject): Promise<void> {
	const hash = createHash('sha256');
	for (const input of INPUTS) addToHash(hash, input);
	const key = hash.digest('hex').slice(0, 16);
	const [client, emulatorClient] = await Promise.all([
		build('client', { XR_EMULATOR: '0' }, key),
		build('emulator-client', { XR_EMULATOR: '1' }, key),
	]);
	project.provide('clientFolder', client);
	project.provide('emulatorClientFolder', emulatorClient);
}

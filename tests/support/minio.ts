import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import type { S3Server } from './s3-server.ts';

const run = promisify(execFile);
const BUILD_TIMEOUT_MS = 20 * 60_000;
const START_TIMEOUT_MS = 60_000;

async function executable(path: string): Promise<string | null> {
	return access(path, constants.X_OK).then(
		() => path,
		() => null,
	);
}

async function onPath(name: string): Promise<string | null> {
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		const found = folder && (await executable(join(folder, name)));
		if (found) return found;
	}
	return null;
}

/** Builds the server once; two test runs at once build twice, and the later rename wins. */
async function build(go: string, binary: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'xishan-minio-build-'));
	try {
		const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0' };
		await run(go, ['install', 'github.com/minio/minio@latest'], {
			env,
			timeout: BUILD_TIMEOUT_MS,
			maxBuffer: 64 << 20,
		});
		const staged = `${binary}.${process.pid}`;
		await run('cp', [join(folder, 'minio'), staged]);
		await rename(staged, binary);
		return binary;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * Path of a MinIO server: MINIO_BINARY, then the PATH, then our cache, which is filled with
 * `go install` (some minutes, once a machine) where Go is present. Null: it cannot be had here.
 */
export async function findMinio(): Promise<string | null> {
	if (process.env.MINIO_BINARY) return executable(process.env.MINIO_BINARY);
	const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'xishan', 'bin');
	const cached = join(cache, 'minio');
	const found = (await onPath('minio')) ?? (await executable(cached));
	if (found) return found;
	const go = await onPath('go');
	if (!go) return null;
	await mkdir(cache, { recursive: true });
	return build(go, cached).catch(() => null);
}

async function waitForHealth(endpoint: string, isRunning: () => boolean): Promise<void> {
	const signal = AbortSignal.timeout(START_TIMEOUT_MS);
	while (isRunning()) {
		const answer = await fetch(`${endpoint}/minio/health/live`, { signal }).catch(() => null);
		if (answer?.ok) return;
		await delay(100, undefined, { signal });
	}
	throw new Error('MinIO ended before it answered');
}

/** Starts the server `binary`; dispose it to stop it and to remove what it stored. */
export async function startMinio(binary: string): Promise<S3Server> {
	const folder = await mkdtemp(join(tmpdir(), 'xishan-minio-'));
	const [port, consolePort] = [await freePort(), await freePort()];
	const [accessKey, secretKey] = ['xishan-test', 'xishan-test-secret'];
	const addresses = [
		'--address',
		`127.0.0.1:${port}`,
		'--console-address',
		`127.0.0.1:${consolePort}`,
	];
	const child = spawn(binary, ['server', '--quiet', ...addresses, folder], {
		stdio: 'ignore',
		env: {
			PATH: process.env.PATH,
			HOME: folder,
			MINIO_ROOT_USER: accessKey,
			MINIO_ROOT_PASSWORD: secretKey,
			MINIO_BROWSER: 'off',
			MINIO_UPDATE: 'off',
		},
	});
	const ended = once(child, 'exit');
	const stop = async () => {
		child.kill('SIGTERM');
		await ended;
		await rm(folder, { recursive: true, force: true });
	};
	const endpoint = `http://127.0.0.1:${port}`;
	try {
		await waitForHealth(endpoint, () => child.exitCode === null && child.signalCode === null);
	} catch (error) {
		await stop();
		throw error;
	}
	return { endpoint, accessKey, secretKey, [Symbol.asyncDispose]: stop };
}

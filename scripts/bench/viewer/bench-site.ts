import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchScan, ScanName } from './bench-scans.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const VITE = join(dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin/vite.js');
/** What a server and its pipeline run from; the rest of the project they do not need. */
const PARTS = ['server', 'scripts/digitize', 'assets/schema', 'assets/locales'];
const FILES = ['package.json', 'package-lock.json'];
const ADDRESS = /http:\/\/[^\s/]+:\d+(?=\/)/;
const LOOK_EVERY_MS = 1000;
const DIGITIZE_TIMEOUT_MS = 30 * 60_000;
const SAID_KEPT = 4000;

/** Our own site with the scans as artefacts. Disposing stops it. */
export interface BenchSite extends AsyncDisposable {
	origin: string;
}

export interface BenchSiteOptions {
	scans: readonly BenchScan[];
	/** Where the server keeps its data; what was digitised there before is not digitised again. */
	dataDir: string;
	/** A built client. */
	clientDir: string;
	/** An empty folder for a copy of the project. */
	projectDir: string;
}

/** The artefacts of the demo cluster that show the scans on a site of this bench: their texts are of usual length. */
export const ARTEFACTS: Record<ScanName, string> = {
	textured: 'glazed-ridge-beast',
	dense: 'stone-lion',
};

/** Builds the client of this project into `folder`, as visitors get it. */
export async function buildClient(folder: string): Promise<void> {
	const child = spawn(process.execPath, [VITE, 'build', '--logLevel', 'warn'], {
		cwd: ROOT,
		env: { ...process.env, NODE_ENV: 'production', XISHAN_CLIENT_OUT: folder },
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const [status] = await once(child, 'exit');
	if (status !== 0) throw new Error(`bench: the build of the client ended with ${status}`);
}

/**
 * Starts a real server on a free port with a collection of nothing but the scans, and waits until they
 * are digitised. A server imports the collection it stands beside, so it runs in a copy of the project.
 */
export async function startBenchSite(options: BenchSiteOptions): Promise<BenchSite> {
	await copyProject(options.projectDir);
	await writeCollection(options.projectDir, options.scans);
	await mkdir(options.dataDir, { recursive: true });
	const child = spawn(process.execPath, [join(options.projectDir, 'server/main.ts')], {
		env: {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			PORT: '0',
			XISHAN_DATA: options.dataDir,
			XISHAN_CLIENT: resolve(options.clientDir),
			XISHAN_DEMO: 'yes',
			// Second passes would take the processor from what is measured.
			JOB_REFINE: 'no',
			LOG_FORMAT: 'json',
			LOG_LEVEL: 'warn',
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const log: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => log.push(text));
	}
	const ended = once(child, 'close');
	const stop = async () => {
		child.kill('SIGTERM');
		await ended;
	};
	try {
		const origin = await addressIn(child, log);
		const signal = AbortSignal.timeout(DIGITIZE_TIMEOUT_MS);
		for (const scan of options.scans) await isDigitized(origin, scan, signal);
		return { origin, [Symbol.asyncDispose]: stop };
	} catch (error) {
		await stop();
		const said = log.join('').slice(-SAID_KEPT);
		throw new Error(`bench: our site did not come up; it said: ${said}`, { cause: error });
	}
}

async function copyProject(projectDir: string): Promise<void> {
	for (const part of PARTS) {
		await cp(join(ROOT, part), join(projectDir, part), { recursive: true });
	}
	for (const file of FILES) await copyFile(join(ROOT, file), join(projectDir, file));
	await symlink(join(ROOT, 'node_modules'), join(projectDir, 'node_modules'));
}

/** The records of the demo cluster, two of whose pieces are the scans; the others have no model here. */
async function writeCollection(projectDir: string, scans: readonly BenchScan[]): Promise<void> {
	const assetsDir = join(projectDir, 'assets');
	await cp(join(ROOT, 'assets/collection'), join(assetsDir, 'collection'), { recursive: true });
	await mkdir(join(assetsDir, 'sources'));
	for (const { name, path } of scans) {
		await copyFile(path, join(assetsDir, 'sources', `${name}.glb`));
	}
	const lines = scans.map(({ name }) => ({ artefact: ARTEFACTS[name], file: `${name}.glb` }));
	await writeFile(join(assetsDir, 'collection/scans.json'), JSON.stringify(lines));
}

async function addressIn(child: ChildProcess, log: readonly string[]): Promise<string> {
	for (;;) {
		const [address] = ADDRESS.exec(log.join('')) ?? [];
		if (address !== undefined) return address;
		if (child.exitCode !== null || child.signalCode !== null) throw new Error('bench: it ended');
		await delay(LOOK_EVERY_MS);
	}
}

interface AssetAnswer {
	asset: {
		status: string;
		failure: { message: string } | null;
		manifest: { source?: { sha256: string } } | null;
	} | null;
}

/** Waits until an artefact shows this very scan. Throws when it could not be digitised, or too long passes. */
async function isDigitized(origin: string, scan: BenchScan, signal: AbortSignal): Promise<void> {
	const sha256 = createHash('sha256')
		.update(await readFile(scan.path))
		.digest('hex');
	for (;;) {
		const response = await fetch(`${origin}/api/v1/artefacts/${ARTEFACTS[scan.name]}`, { signal });
		// Until the site is ready and the collection is in, there is no such artefact.
		const { asset } = response.ok ? ((await response.json()) as AssetAnswer) : { asset: null };
		if (asset?.manifest?.source?.sha256 === sha256) return;
		if (asset?.status === 'failed') {
			throw new Error(`bench: a scan was not digitised: ${asset.failure?.message}`);
		}
		await delay(LOOK_EVERY_MS, undefined, { signal });
	}
}

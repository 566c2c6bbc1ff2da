import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { findSystemPostgres, startSystemPostgres } from './postgres.ts';
import { findS3Server } from './s3-server.ts';
import { reportSkip } from './skip.ts';
import { spawnServer } from './spawn-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A cluster that has imported and digitised its demo collection, at rest: start a server on it to visit. */
export interface JourneyWorld {
	/** Settings of a server that finds this cluster. */
	env: Record<string, string>;
	dataDir: string;
}

declare module 'vitest' {
	interface ProvidedContext {
		/** Null where this machine lacks the services the project asks for. */
		world: JourneyWorld | null;
	}
}

const SERVICES_PROJECT = 'journeys-on-services';
/** One folder a run, for both worlds: whichever comes second finds every step of the first. */
const STEPS = join(tmpdir(), `xishan-steps-${process.pid}`);
const IMPORT_TIMEOUT_MS = 15 * 60_000;

interface JobPage {
	items: { status: string; failure: { message: string } | null }[];
}

/** Waits until every job of the first import is done. Throws when one fails, or too long passes. */
async function importIsDone(origin: string, signal: AbortSignal): Promise<number> {
	for (;;) {
		const response = await fetch(`${origin}/api/v1/jobs?limit=100`, { signal });
		const { items } = (await response.json()) as JobPage;
		const failed = items.find((job) => job.status === 'failed');
		if (failed) throw new Error(`the first import failed: ${failed.failure?.message}`);
		if (items.length > 0 && items.every((job) => job.status === 'done')) return items.length;
		await delay(500, undefined, { signal });
	}
}

/** PostgreSQL and MinIO as separate servers; null, said aloud, where they cannot be had. */
async function startServices(undo: AsyncDisposableStack): Promise<Record<string, string> | null> {
	const [postgresDir, s3] = [await findSystemPostgres(), await findS3Server()];
	if (!postgresDir || !s3) {
		const lacking = postgresDir ? 'an S3 server' : "Debian's PostgreSQL";
		reportSkip(`journeys on PostgreSQL and S3: this machine lacks ${lacking}`);
		return null;
	}
	const postgres = undo.use(await startSystemPostgres(postgresDir));
	const store = undo.use(await s3.start());
	return {
		DATABASE_URL: postgres.connection.connectionString,
		S3_ENDPOINT: store.endpoint,
		S3_BUCKET: 'xishan-journeys',
		S3_ACCESS_KEY: store.accessKey,
		S3_SECRET_KEY: store.secretKey,
	};
}

/** Imports the demo cluster once into an empty world, for all journeys of the project to visit. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	await using undo = new AsyncDisposableStack();
	const isOnServices = project.name === SERVICES_PROJECT;
	const services = isOnServices ? await startServices(undo) : {};
	if (services === null) {
		project.provide('world', null);
		return async () => {};
	}
	const folder = undo.use(await temporaryFolder('world'));
	// Second passes would compete with the visits for the processor.
	const env = { ...services, XISHAN_DEMO: 'yes', JOBS_AT_ONCE: '2', JOB_REFINE: 'no' };
	const dataDir = `${folder.path}/data`;
	undo.defer(() => rm(STEPS, { recursive: true, force: true }));
	{
		await using server = await spawnServer({ dataDir, env: { ...env, JOB_CACHE: STEPS } });
		await importIsDone(server.origin, AbortSignal.timeout(IMPORT_TIMEOUT_MS));
	}
	project.provide('world', { env, dataDir });
	const owned = undo.move();
	return () => owned.disposeAsync();
}

import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { createApp } from '../app.ts';
import { startSweeper } from '../assets/sweeper.ts';
import { identifyBy } from '../auth/identify.ts';
import { welcomeLink } from '../auth/joining.ts';
import { openSessions } from '../auth/sessions.ts';
import { sharedSecret } from '../auth/shared-secret.ts';
import { importCollection } from '../catalogue/import-collection.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../context.ts';
import { StartError } from '../errors.ts';
import { openStore } from '../storage/open-store.ts';
import { startBackgroundWork } from './background-work.ts';
import { buildClient, isClientBuilt } from './client-build.ts';
import { areInputsUnchanged } from './client-inputs.ts';
import { prepareDataFolder } from './data-folder.ts';
import { startDatabase } from './open-database.ts';
import { startJobs } from './start-jobs.ts';
import { listen } from './web-server.ts';

const PROJECT_DIR = resolve(import.meta.dirname, '../..');
const OWN_CLIENT_DIR = resolve(PROJECT_DIR, 'dist');

export interface SiteOptions {
	config: Config;
	logger: Logger;
	/** Ends what runs in the background, and a start under way. */
	signal: AbortSignal;
	/** Something the site cannot live without is gone. */
	onLost: (error: Error) => void;
}

/** A running site. Disposing stops it in order: requests, jobs, store, database. */
export interface Site extends AsyncDisposable {
	/** Undefined where this process serves no pages (ROLE=worker). */
	port: number | undefined;
	/** The pages are still being built. */
	isBuilding: boolean;
	/** Path of the page that makes its visitor the first administrator, for who started the site; undefined once there is one. */
	welcome: string | undefined;
}

/** Gives the build under way, or none where the pages that stand are those of this project. */
async function buildIfNeeded(
	options: SiteOptions,
	undo: AsyncDisposableStack,
): Promise<Promise<void>[]> {
	const { config, logger, signal } = options;
	if (config.role === 'worker') return [];
	const [isOwn, isBuilt] = [
		config.clientDir === OWN_CLIENT_DIR,
		await isClientBuilt(config.clientDir),
	];
	// After an update the old pages are served until the new ones stand.
	if (isBuilt && (!isOwn || (await areInputsUnchanged(config.clientDir)))) return [];
	if (!isOwn) {
		throw new StartError(
			`settings: XISHAN_CLIENT (${config.clientDir}) has no index.html — build the client into it`,
		);
	}
	const stopping = new AbortController();
	const built = buildClient(config.clientDir, logger, AbortSignal.any([signal, stopping.signal]));
	undo.defer(async () => {
		stopping.abort();
		await built;
	});
	return [built];
}

/** Never throws: the site is useful without the demo cluster, and the next start tries again. */
async function importDemo(context: Context, after: Promise<void>[], signal: AbortSignal) {
	// Digitising takes every core it gets: the pages come first.
	await Promise.all(after);
	if (signal.aborted) return;
	try {
		await importCollection(context, join(PROJECT_DIR, 'assets'));
	} catch (error) {
		context.logger.error({ err: error }, 'the demo cluster could not be imported');
	}
}

async function openContext(options: SiteOptions, undo: AsyncDisposableStack): Promise<Context> {
	const { config, logger, signal } = options;
	const db = undo.use(await startDatabase(options));
	signal.throwIfAborted();
	const store = undo.use(await openStore(config));
	signal.throwIfAborted();
	const jobs = undo.use(
		await startJobs({
			settings: {
				isWorker: config.role !== 'web',
				workDir: join(config.dataDir, 'work'),
				...config.jobs,
			},
			db,
			store,
			logger,
		}),
	);
	if (config.role !== 'web') {
		undo.use(startSweeper({ db, store, logger, graceDays: config.assetGraceDays }));
	}
	const { clientDir, trustProxy, publicUrl } = config;
	const secret = config.authSecret ?? (await sharedSecret(db, 'sessions')).toString('base64url');
	const sessions = openSessions(db, { secret, publicUrl }, logger);
	const identify = identifyBy(db, sessions);
	const addressSecret = await sharedSecret(db, 'addresses');
	const settings = { clientDir, trustProxy, publicUrl };
	return { settings, db, store, jobs, sessions, identify, logger, addressSecret };
}

/**
 * Starts everything the role asks for. The port is taken first: it is what most often cannot be had,
 * and from then on visitors see that the site is coming. The demo cluster is imported behind.
 * Throws StartError, one sentence, when a setting, a folder, the port or a server stands in the way;
 * whatever was started by then is stopped again.
 */
export async function startSite(options: SiteOptions): Promise<Site> {
	const { config, signal } = options;
	await using undo = new AsyncDisposableStack();
	await prepareDataFolder(config.dataDir);
	const servesPages = config.role !== 'worker';
	const web = servesPages ? await listen(config) : undefined;
	// Also when the start fails half-way; once it has not, draining comes first (below).
	undo.defer(async () => web?.drain());
	const building = await buildIfNeeded(options, undo);
	const context = await openContext(options, undo);
	signal.throwIfAborted();
	if (config.role !== 'web') undo.use(startBackgroundWork(context));
	if (servesPages && config.importsDemo) {
		const imported = importDemo(context, building, signal);
		undo.defer(() => imported);
	}
	const welcome = servesPages ? await welcomeLink(context.db) : undefined;
	web?.serve(createApp(context));
	undo.defer(async () => web?.drain());
	const owned = undo.move();
	const isBuilding = building.length > 0;
	return {
		port: web?.port,
		isBuilding,
		welcome,
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

import pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';

const RECONNECT_MS = 1000;

/** Hears one channel of the database. */
export interface Hearer {
	channel: string;
	onMessage(payload: string): void;
	/** The channel is heard from now on; what was said before, while nobody listened, is not repeated. */
	onListening(): void;
}

/**
 * What the database tells this process (LISTEN), over one connection however many hear it. It is
 * opened when the first one asks and, once lost, again until it stands.
 */
export class Notifications implements AsyncDisposable {
	readonly #hearers = new Set<Hearer>();
	readonly #db: Database;
	readonly #logger: Logger;
	#client: Promise<pg.Client> | undefined;
	#retry: NodeJS.Timeout | undefined;
	#isDisposed = false;

	constructor(db: Database, logger: Logger) {
		this.#db = db;
		this.#logger = logger;
	}

	/** Begins to hear a channel; asked again for the same hearer, nothing changes. */
	hear(hearer: Hearer): void {
		if (this.#isDisposed || this.#hearers.has(hearer)) return;
		this.#hearers.add(hearer);
		if (this.#client === undefined) this.#open();
		else {
			// A lost connection listens anew to everything.
			this.#client.then((client) => listen(client, hearer)).catch(() => {});
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isDisposed = true;
		clearTimeout(this.#retry);
		this.#hearers.clear();
		const client = await this.#client?.catch(() => undefined);
		client?.removeAllListeners('end');
		await client?.end();
	}

	#open(): void {
		if (this.#client || this.#retry || this.#isDisposed) return;
		this.#client = this.#connect();
		this.#client.catch((error) => this.#lost(error));
	}

	async #connect(): Promise<pg.Client> {
		const client = new pg.Client({ application_name: 'xishan-events', ...this.#db.connection });
		client.on('error', () => {});
		client.on('notification', ({ channel, payload = '' }) => {
			for (const hearer of this.#hearers) if (hearer.channel === channel) hearer.onMessage(payload);
		});
		await client.connect();
		client.on('end', () => this.#lost(new Error('the connection ended')));
		for (const hearer of [...this.#hearers]) await listen(client, hearer);
		return client;
	}

	#lost(error: unknown): void {
		this.#client = undefined;
		if (this.#isDisposed || this.#retry) return;
		this.#logger.warn({ err: error }, 'notifications: lost the database, trying again');
		this.#retry = setTimeout(() => {
			this.#retry = undefined;
			this.#open();
		}, RECONNECT_MS);
	}
}

async function listen(client: pg.Client, hearer: Hearer): Promise<void> {
	await client.query(`listen ${client.escapeIdentifier(hearer.channel)}`);
	hearer.onListening();
}

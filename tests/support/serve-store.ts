import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { ANONYMOUS } from '../../server/auth/principal.ts';
import type { Context } from '../../server/context.ts';
import { openDatabase } from '../../server/database/database.ts';
import { answerProblem } from '../../server/http/errors.ts';
import { mountRoutes } from '../../server/http/mount.ts';
import { requestLog } from '../../server/http/request-log.ts';
import { objectRoutes } from '../../server/http/routes/objects.ts';
import type { ObjectStore } from '../../server/storage/object-store.ts';

/** The server's own routes for objects over one store: enough for signed addresses, which ask no database. */
export async function serveStore(
	store: ObjectStore,
	logger = pino({ level: 'silent' }),
): Promise<AsyncDisposable & { origin: string; store: ObjectStore }> {
	const context: Context = {
		settings: { clientDir: '', trustProxy: false },
		store,
		logger,
		identify: async () => ANONYMOUS,
		addressSecret: new Uint8Array(32),
		db: openDatabase({ host: '127.0.0.1', port: 1 }),
		get jobs(): never {
			throw new Error('objects ask for no jobs');
		},
		get sessions(): never {
			throw new Error('objects ask for no sessions');
		},
	};
	const app = express();
	app.disable('etag');
	app.use(requestLog(logger), mountRoutes(context, objectRoutes), answerProblem);
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		store,
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

import { pino } from 'pino';
import { openDatabase } from '../../server/database/database.ts';
import { startJobs } from '../../server/start/start-jobs.ts';
import { DiskStore } from '../../server/storage/disk-store.ts';

/** A worker in a process of its own, to be killed: `node worker-process.ts SETTINGS-AS-JSON`. */
const { connection, objects, settings } = JSON.parse(process.argv[2] ?? '');
const db = openDatabase(connection);
const store = await DiskStore.open(objects, Buffer.alloc(32));
await startJobs({ db, store, logger: pino({ level: 'silent' }), settings });

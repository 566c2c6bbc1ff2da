import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { StepCaches } from './step-caches.ts';

/** How digitisation runs; all of it comes from the configuration. */
export interface DigitizeSettings {
	/** What one job may take before it is stopped. */
	memoryMB: number;
	timeoutS: number;
	/** Where jobs keep their files while they run; absolute, made if missing. */
	workDir: string;
	/** Where steps are remembered for good, perhaps with other servers; left out: in `workDir`, for as long as an asset is unfinished. */
	cacheDir?: string | undefined;
	/** Whether surfaces get turntable, AR model and KTX2 later, in a second pass; left out: they do not. */
	refines?: boolean;
	/** The pipeline's program; `scripts/digitize/cli.ts` unless a test says otherwise. */
	cli?: string;
}

/** What both passes are made of. */
export interface DigitizeParts {
	settings: DigitizeSettings;
	db: Database;
	store: ObjectStore;
	logger: Logger;
}

export type PassParts = DigitizeParts & { caches: StepCaches };

import type { DigitizeStage } from '#schema/digitize/digitize-event';
import type { StepCache } from './cache/step-cache.ts';
import type { SourceFile } from './intake/source-file.ts';
import type { DigitizeOptions } from './options.ts';
import type { OutputFolder } from './output-folder.ts';

/** Says that a stage begins, with the share of the whole done, 0 to 1; throws when told to stop. */
export type Begin = (stage: DigitizeStage, progress: number) => Promise<void>;

/** One input on its way to becoming a piece: all that a maker of one kind needs. */
export interface Work {
	source: SourceFile;
	options: DigitizeOptions;
	/** Where the result appears, whole or not at all. */
	folder: OutputFolder;
	/** Results of steps of this and earlier runs. */
	cache: StepCache;
	begin: Begin;
	signal: AbortSignal;
}

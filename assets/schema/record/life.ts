import { z } from 'zod';

/**
 * Where the newest revision of a record stands. `draft`: being written; `submitted`: waits for a
 * second person; `approved`: may be published; `published`: readers see it; `withdrawn`: readers no
 * longer see it. A published record that is being edited is a draft again, and still visible.
 */
export const RECORD_STATES = ['draft', 'submitted', 'approved', 'published', 'withdrawn'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

/**
 * State of one language of a revision. `empty`: no text; `draft`: nobody has checked it; `stale`: the
 * source text has changed since; `checked`: a person found it right.
 */
export const LANGUAGE_STATES = ['empty', 'draft', 'stale', 'checked'] as const;

/**
 * For each language (BCP 47) its state and `sourceSha256`: the hash of the source text (zh-CN) that
 * it was made from, by which staleness is noticed.
 */
export const languageStates = z
	.record(
		z.string(),
		z.object({ state: z.enum(LANGUAGE_STATES), sourceSha256: z.string().regex(/^[0-9a-f]{64}$/) }),
	)
	.meta({ id: 'LanguageStates' });

export type LanguageStates = z.infer<typeof languageStates>;

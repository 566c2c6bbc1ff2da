import { z } from 'zod';
import { languageTag } from '../value/text.ts';
import { languageStates, RECORD_STATES } from './life.ts';
import { RESOURCES } from './resources.ts';

/** Number of a revision of a record, counted from 1; as a base, 0 says that there is none yet. */
const revisionNumber = z.int().positive();
const base = z.int().nonnegative().meta({
	description: 'The newest revision the editor has seen; 0 for a record that is new',
});
/** A document in the making: what it must hold is checked by the act. */
const document = z.looseObject({ id: z.string() });
const note = z.string().trim().min(1).max(2000);
/** When it is to happen; left out, or past: now. */
const at = z.iso.datetime({ offset: true }).optional();

/** What an editor has written so far, in one sitting. */
export const draftRequest = z.strictObject({ base, document }).meta({ id: 'DraftRequest' });

/**
 * A revision to cut, by a named save or to be handed in. `checked`: languages the editor has just
 * found right. `sitting`: whose working draft is folded into it.
 */
export const cutRequest = z
	.strictObject({
		base,
		document,
		note,
		checked: z.array(languageTag).max(50).optional(),
		sitting: z.uuid().optional(),
	})
	.meta({ id: 'CutRequest' });

export const approvalRequest = z.strictObject({ base }).meta({ id: 'ApprovalRequest' });

export const publicationRequest = z
	.strictObject({ base, languages: z.array(languageTag).min(1).max(50), at })
	.meta({ id: 'PublicationRequest' });

/** `acceptsDangling`: also when something published names it and then names what is not there. */
export const withdrawalRequest = z
	.strictObject({ base, reason: note, at, acceptsDangling: z.boolean().optional() })
	.meta({ id: 'WithdrawalRequest' });

export const cancellationRequest = z
	.strictObject({ base, what: z.enum(['publish', 'withdraw']) })
	.meta({ id: 'CancellationRequest' });

export const rollBackRequest = z
	.strictObject({ base, to: revisionNumber, note })
	.meta({ id: 'RollBackRequest' });

export const revisionAnswer = z.object({ revision: revisionNumber }).meta({ id: 'RevisionAnswer' });

export const draftAnswer = z.object({ savedAt: z.iso.datetime() }).meta({ id: 'DraftAnswer' });

const instant = z.iso.datetime().nullable();

/** A revision without its document. `author` is an opaque account id, or the name of a part of the program. */
export const revisionEntry = z
	.object({
		number: revisionNumber,
		author: z.string(),
		note: z.string(),
		base: revisionNumber.nullable(),
		restores: revisionNumber.nullable(),
		languages: languageStates.nullable(),
		sha256: z.string(),
		createdAt: z.iso.datetime(),
	})
	.meta({ id: 'RevisionEntry' });

/** Where a record stands, with its revisions, the newest first, and the working drafts on it. */
export const recordLife = z
	.object({
		resource: z.enum(RESOURCES),
		id: z.string(),
		owner: z.string(),
		state: z.enum(RECORD_STATES),
		newest: z.int().nonnegative(),
		publishedRevision: revisionNumber.nullable(),
		approvedRevision: revisionNumber.nullable(),
		languages: z.array(z.string()),
		publishAt: instant,
		publishLanguages: z.array(z.string()).nullable(),
		withdrawAt: instant,
		revisions: z.array(revisionEntry),
		drafts: z.array(
			z.object({
				sitting: z.uuid(),
				author: z.string(),
				base: z.int().nonnegative(),
				updatedAt: z.iso.datetime(),
			}),
		),
	})
	.meta({ id: 'RecordLife' });

/** One revision, whole, in the format it was written in. */
export const wholeRevision = revisionEntry
	.extend({ document: z.looseObject({}) })
	.meta({ id: 'WholeRevision' });

/** Where two documents differ; `path` is dotted, members of a list are named `[id]` or `[index]`. */
export const difference = z
	.object({
		path: z.string(),
		kind: z.enum(['added', 'removed', 'changed', 'reordered']),
		before: z.unknown().optional(),
		after: z.unknown().optional(),
	})
	.meta({ id: 'Difference' });

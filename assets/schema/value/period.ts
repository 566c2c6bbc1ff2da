import { z } from 'zod';
import { localizedText } from './text.ts';

/** One day, month or year, in EDTF: `2026-03-01`, `2026-03` or `2026`. */
export const edtfDate = z.string().regex(/^\d{4}(?:-\d{2}){0,2}$/, 'a date such as 2026-03-01');

/**
 * A date as people write it (清·乾隆) beside the range machines compare, in EDTF (`1736/1795`).
 * The display text is never derived from the range, nor the other way round.
 */
export const period = z
	.object({
		display: localizedText,
		edtf: z
			.string()
			.regex(
				/^-?\d{4}(?:-\d{2}){0,2}[~?%]?(?:\/(?:\.\.|-?\d{4}(?:-\d{2}){0,2}[~?%]?)?)?$/,
				'an EDTF date or interval such as 1736/1795',
			)
			.optional(),
	})
	.meta({ id: 'Period' });

import { z } from 'zod';
import { localizedText } from './text.ts';

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

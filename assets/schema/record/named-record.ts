import { z } from 'zod';
import { recordId } from '../value/id.ts';
import { localizedText } from '../value/text.ts';

/** What every record of the catalogue is called: enough to name one among others without knowing its kind. */
export const namedRecord = z
	.object({ id: recordId, name: localizedText, summary: localizedText.optional() })
	.meta({ id: 'NamedRecord' });

export type NamedRecord = z.infer<typeof namedRecord>;

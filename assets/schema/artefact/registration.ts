import { z } from 'zod';
import { recordId } from '../value/id.ts';
import { period } from '../value/period.ts';
import { localizedText } from '../value/text.ts';

/**
 * The 14 registration fields of WW/T 0017-2013 馆藏文物登录规范. A record may lack any of them but
 * the holder and the name; `missingRegistrationFields` says which. Lengths in metres, mass in kilograms.
 */
export const registration = z
	.object({
		holder: recordId.meta({ description: '收藏单位' }),
		registrationNumber: z.string().min(1).optional().meta({ description: '总登记号' }),
		name: localizedText.meta({ description: '名称' }),
		period: period.optional().meta({ description: '年代' }),
		material: localizedText.optional().meta({ description: '质地类别' }),
		category: z.string().min(1).optional().meta({ description: '类别' }),
		quantity: z.int().positive().optional().meta({ description: '数量' }),
		dimensions: z
			.object({
				widthM: z.number().positive().optional(),
				heightM: z.number().positive().optional(),
				depthM: z.number().positive().optional(),
			})
			.optional()
			.meta({ description: '尺寸' }),
		massKg: z.number().positive().optional().meta({ description: '质量' }),
		grade: z
			.enum(['first', 'second', 'third', 'general', 'ungraded'])
			.optional()
			.meta({ description: '级别' }),
		acquisition: localizedText.optional().meta({ description: '来源方式' }),
		completeness: localizedText.optional().meta({ description: '完残程度' }),
		conservation: localizedText.optional().meta({ description: '保存状态' }),
		accessioned: z.string().optional().meta({ description: '入库时间, EDTF' }),
	})
	.meta({ id: 'Registration' });

export type Registration = z.infer<typeof registration>;

const FIELDS = Object.keys(registration.shape) as (keyof Registration)[];

/** The registration fields a record still lacks, in the order of the standard. */
export function missingRegistrationFields(record: Registration): (keyof Registration)[] {
	return FIELDS.filter((field) => record[field] === undefined);
}

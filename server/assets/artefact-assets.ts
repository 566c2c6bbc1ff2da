import type { Asset } from '#schema/asset/asset';
import type { Queryable } from '../database/database.ts';
import { assetsOfRecords } from './record-assets.ts';

/** The role of the scan that an artefact is shown by. */
export const MODEL_ROLE = 'model';

/** The asset each published artefact is shown by. Artefacts without one are absent. */
export async function assetsOfArtefacts(
	db: Queryable,
	artefacts: readonly string[],
): Promise<Map<string, Asset>> {
	const all = await assetsOfRecords(db, 'artefacts', artefacts);
	return new Map(
		[...all].flatMap(([id, byRole]) => {
			const model = byRole.get(MODEL_ROLE);
			return model ? [[id, model] as const] : [];
		}),
	);
}

import type { Finding } from '#schema/asset/digitize-report';
import type { RefusalCode } from '#schema/digitize/refusal';
import { refuse } from '../refusal-error.ts';

/** Sizes outside this deserve a second look at their unit, in metres. */
const LIKELY_SIZE_M = { min: 0.003, max: 60 };
/** Sizes outside this are no exhibit, and beyond the arithmetic of a graphics card. */
const POSSIBLE_SIZE_M = { min: 1e-6, max: 1e6 };

/** What a thing without extent is refused as, and what its elements are called. */
export interface Emptiness {
	code: Extract<RefusalCode, 'mesh-empty' | 'points-empty' | 'splats-empty'>;
	elements: 'vertices' | 'points' | 'splats';
}

/**
 * Judges the longest side of a piece, in metres: a finding where its unit deserves a second look.
 * Refuses what has no extent, and with `structure-invalid` what is of impossible size.
 */
export function guardSize(sizeM: number, name: string, { code, elements }: Emptiness): Finding[] {
	if (!(sizeM > 0)) {
		refuse(code, `${name} has no extent, all its ${elements} are at one place — export it again`);
	}
	if (sizeM < POSSIBLE_SIZE_M.min || sizeM > POSSIBLE_SIZE_M.max) {
		const shown = sizeM.toExponential(0);
		refuse(
			'structure-invalid',
			`${name} would be ${shown} m large — check its unit and its outliers`,
		);
	}
	const isLikely = sizeM >= LIKELY_SIZE_M.min && sizeM <= LIKELY_SIZE_M.max;
	return isLikely ? [] : [{ code: 'size-unlikely', level: 'warning', values: { sizeM } }];
}

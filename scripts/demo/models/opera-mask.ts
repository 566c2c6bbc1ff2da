import type { DemoPart } from '../demo-part.ts';
import { partsOf } from '../sdf/parts.ts';
import { polygonise } from '../sdf/polygonise.ts';
import { mask } from './opera-mask/mask.ts';
import { paintMask } from './opera-mask/paint-mask.ts';

/** A mask after mountain bangzi 山梆子 face painting, 0.34 m with its crown; it looks along +z. */
export function operaMask(): DemoPart[] {
	const skin = polygonise({
		solid: mask(),
		min: [-0.15, -0.2, -0.075],
		max: [0.15, 0.23, 0.115],
		cellM: 0.0018,
		paint: paintMask,
		reachM: 0.016,
		swellM: 0.006,
	});
	const baseColor = [1, 1, 1, 1] as const;
	return partsOf(skin, [
		{ name: 'lacquered-paint', baseColor, roughness: 0.32, metalness: 0 },
		{ name: 'worn-paint', baseColor, roughness: 0.68, metalness: 0 },
		{ name: 'bare-wood', baseColor, roughness: 0.88, metalness: 0 },
		{ name: 'gold-leaf', baseColor, roughness: 0.3, metalness: 1 },
		{ name: 'pompon', baseColor, roughness: 1, metalness: 0 },
	]);
}

import type { DemoPart } from '../demo-part.ts';
import { partsOf } from '../sdf/parts.ts';
import { polygonise } from '../sdf/polygonise.ts';
import { lamp } from './miner-lamp/lamp.ts';
import { paintLamp } from './miner-lamp/paint-lamp.ts';

/** A coal-pit oil lamp 煤窑灯, 0.2 m high: a thrown pot with a wick spout, hung on a forged hook. */
export function minerLamp(): DemoPart[] {
	const skin = polygonise({
		solid: lamp(),
		min: [-0.085, -0.01, -0.06],
		max: [0.085, 0.225, 0.06],
		cellM: 0.0008,
		paint: paintLamp,
		reachM: 0.012,
		swellM: 0.004,
	});
	const baseColor = [1, 1, 1, 1] as const;
	return partsOf(skin, [
		{ name: 'brown-glaze', baseColor, roughness: 0.2, metalness: 0 },
		{ name: 'bare-clay', baseColor, roughness: 0.94, metalness: 0 },
		{ name: 'forged-iron', baseColor, roughness: 0.46, metalness: 1 },
		{ name: 'rust', baseColor, roughness: 0.92, metalness: 0 },
		{ name: 'soot', baseColor, roughness: 1, metalness: 0 },
		{ name: 'wick', baseColor, roughness: 0.98, metalness: 0 },
	]);
}

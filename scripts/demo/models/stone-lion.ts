import type { DemoPart } from '../demo-part.ts';
import { partsOf } from '../sdf/parts.ts';
import { polygonise } from '../sdf/polygonise.ts';
import { lion } from './stone-lion/lion.ts';
import { paintLion } from './stone-lion/paint-lion.ts';

/** A door lion 石狮 of pale limestone, 0.55 m high, a brocade ball under its right paw; looks along +z. */
export function stoneLion(): DemoPart[] {
	const skin = polygonise({
		solid: lion(),
		min: [-0.16, -0.015, -0.2],
		max: [0.16, 0.56, 0.22],
		cellM: 0.003,
		paint: paintLion,
		reachM: 0.026,
		swellM: 0.01,
	});
	const baseColor = [1, 1, 1, 1] as const;
	return partsOf(skin, [
		{ name: 'weathered-limestone', baseColor, roughness: 0.92, metalness: 0 },
		{ name: 'rubbed-limestone', baseColor, roughness: 0.48, metalness: 0 },
		{ name: 'lichen', baseColor, roughness: 1, metalness: 0 },
	]);
}

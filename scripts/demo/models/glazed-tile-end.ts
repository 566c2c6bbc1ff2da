import type { DemoPart } from '../demo-part.ts';
import { partsOf } from '../sdf/parts.ts';
import { polygonise } from '../sdf/polygonise.ts';
import { paintTile } from './tile-end/paint-tile.ts';
import { tile } from './tile-end/tile.ts';

/** A glazed eave tile 琉璃瓦当, 0.15 m across: a dragon coiled around a pearl, beads around them. */
export function glazedTileEnd(): DemoPart[] {
	const skin = polygonise({
		solid: tile(),
		min: [-0.085, -0.085, -0.16],
		max: [0.085, 0.085, 0.03],
		cellM: 0.001,
		paint: paintTile,
		reachM: 0.008,
		swellM: 0.003,
	});
	const baseColor = [1, 1, 1, 1] as const;
	return partsOf(skin, [
		{ name: 'glaze', baseColor, roughness: 0.14, metalness: 0 },
		{ name: 'weathered-glaze', baseColor, roughness: 0.4, metalness: 0 },
		{ name: 'bare-clay', baseColor, roughness: 0.95, metalness: 0 },
	]);
}

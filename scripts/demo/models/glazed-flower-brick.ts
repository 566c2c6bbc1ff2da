import type { DemoPart } from '../demo-part.ts';
import { partsOf } from '../sdf/parts.ts';
import { polygonise } from '../sdf/polygonise.ts';
import { brick } from './flower-brick/brick.ts';
import { paintBrick } from './flower-brick/paint-brick.ts';

/** A glazed wall brick 琉璃花砖, 0.36 m square: a peony with buds and leaves in a moulded frame; faces +z. */
export function glazedFlowerBrick(): DemoPart[] {
	const skin = polygonise({
		solid: brick(),
		min: [-0.2, -0.2, -0.07],
		max: [0.2, 0.2, 0.085],
		cellM: 0.0022,
		paint: paintBrick,
		reachM: 0.02,
		swellM: 0.007,
	});
	const baseColor = [1, 1, 1, 1] as const;
	return partsOf(skin, [
		{ name: 'glaze', baseColor, roughness: 0.15, metalness: 0 },
		{ name: 'weathered-glaze', baseColor, roughness: 0.4, metalness: 0 },
		{ name: 'bare-clay', baseColor, roughness: 0.95, metalness: 0 },
	]);
}

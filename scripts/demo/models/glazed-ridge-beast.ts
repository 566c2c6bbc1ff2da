import type { DemoPart } from '../demo-part.ts';
import { melt } from '../sdf/combine.ts';
import { partsOf } from '../sdf/parts.ts';
import { polygonise } from '../sdf/polygonise.ts';
import { body } from './ridge-beast/body.ts';
import { paintBeast } from './ridge-beast/glazes.ts';
import { head } from './ridge-beast/head.ts';
import { trappings } from './ridge-beast/trappings.ts';

/**
 * A glazed ridge-end beast 琉璃鸱吻, 0.9 m high, mouth towards −x: it bites the roof ridge, its tail
 * rolls up, a sword hilt pins it down and a small head looks out of its back.
 */
export function glazedRidgeBeast(): DemoPart[] {
	const skin = polygonise({
		solid: melt(0.006, body(), head(), trappings()),
		min: [-0.42, -0.03, -0.2],
		max: [0.44, 0.98, 0.2],
		cellM: 0.0042,
		paint: paintBeast,
		reachM: 0.034,
		swellM: 0.014,
	});
	const baseColor = [1, 1, 1, 1] as const;
	return partsOf(skin, [
		{ name: 'glaze', baseColor, roughness: 0.16, metalness: 0 },
		{ name: 'weathered-glaze', baseColor, roughness: 0.42, metalness: 0 },
		{ name: 'bare-clay', baseColor, roughness: 0.93, metalness: 0 },
	]);
}

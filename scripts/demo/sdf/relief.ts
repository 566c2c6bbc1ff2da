import { type Field, nearby, type Solid } from './solid.ts';

/**
 * Raises a body's surface by `height` (metres, may be negative, never beyond ±`mostM`). Keep its
 * slope below one, or thin it by hand. Only computed near the surface.
 */
export function raised(solid: Solid, mostM: number, height: Field): Solid {
	const { stuff } = solid;
	return {
		at: (x, y, z) => {
			const d = solid.at(x, y, z);
			if (d > 3 * mostM) return d - mostM;
			if (d < -3 * mostM) return d + mostM;
			return d - height(x, y, z);
		},
		...(stuff && { stuff }),
		near: (x, y, z, reachM) => {
			const thin = nearby(solid, x, y, z, reachM);
			return thin === solid ? raised(solid, mostM, height) : raised(thin, mostM, height);
		},
	};
}

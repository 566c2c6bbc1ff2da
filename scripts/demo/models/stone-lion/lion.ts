import { melt, union } from '../../sdf/combine.ts';
import { cells, fbm, ramp } from '../../sdf/noise.ts';
import { mirroredX } from '../../sdf/place.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { ball, body, forelegs, tail } from './body.ts';
import { head } from './head.ts';
import { mane } from './mane.ts';
import { plinth } from './plinth.ts';
import { LION } from './stuff.ts';

/** Chisel marks, rounded edges, pits and flakes of a century out of doors. */
function weathered(solid: Solid): Solid {
	return raised(solid, 0.004, (x, y, z) => {
		const grain = 0.00045 * fbm(x * 150, y * 150, z * 150, 3, 7);
		const way = 5 * fbm(x * 6, y * 6, z * 6, 2, 2);
		const chisel =
			0.0003 *
			Math.cos((x * 0.7 + y + z * 0.5) * 520 + 4 * way) *
			ramp(0.05, 0.4, fbm(x * 8, y * 8, z * 8, 2, 22));
		const pit = 0.0016 * ramp(0.2, 0.06, cells(x * 62, y * 62, z * 62, 5).first);
		const flake = 0.0028 * ramp(0.5, 0.66, fbm(x * 19, y * 19, z * 19, 4, 12));
		return grain + chisel - pit - flake;
	});
}

/** The lion on its plinth. */
export function lion(): Solid {
	const beast = melt(
		0.004,
		madeOf(LION.hide, melt(0.014, mirroredX(body()), forelegs())),
		madeOf(LION.head, mirroredX(head())),
		madeOf(LION.mane, mirroredX(mane())),
		madeOf(LION.mane, tail()),
		madeOf(LION.trim, ball()),
	);
	return weathered(union(beast, madeOf(LION.plinth, plinth())));
}

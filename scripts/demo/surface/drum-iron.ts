import { smoothCurve } from './curve.ts';
import { displace, type Mesh, merge, place, type Vec3 } from './mesh.ts';
import { fractal, seeded } from './noise.ts';
import { pose } from './pose.ts';
import { ring, sweep } from './sweep.ts';

/** Hammer marks of a smith. */
export function hammered(m: Mesh, depthM: number): Mesh {
	return displace(m, ({ p }) => depthM * fractal(p, 0.009, 3, 161));
}

interface Loop {
	readonly center: Vec3;
	readonly radiusM: number;
	/** Angles (radians from straight down) at which rings hang. */
	readonly rings: readonly number[];
}

const LOOPS: readonly Loop[] = [
	{ center: [0, 0.106, 0], radiusM: 0.04, rings: [-0.85, -0.45, -0.08, 0.3, 0.7] },
	{ center: [-0.066, 0.138, 0], radiusM: 0.03, rings: [-0.9, -0.3, 0.15, 0.6] },
	{ center: [0.066, 0.138, 0], radiusM: 0.03, rings: [-0.6, -0.12, 0.35, 0.9] },
];

/** The forked foot of the handle: three loops of rod and the small rings that sound on them. */
export function ringFork(): Mesh {
	const random = seeded(17);
	const parts: Mesh[] = [];
	for (const { center, radiusM, rings } of LOOPS) {
		parts.push(place(ring(radiusM, 0.0034, 72, 14), pose({ at: center })));
		rings.forEach((angle, i) => {
			const small = 0.0125 + 0.0025 * random();
			const on: Vec3 = [
				center[0] + radiusM * Math.sin(angle),
				center[1] - radiusM * Math.cos(angle),
				0,
			];
			const swing = (random() - 0.5) * 0.7;
			const turn = Math.PI / 2 - angle * 0.4 + (random() - 0.5) * 0.8;
			const hung = pose({ at: [on[0], on[1], (random() - 0.5) * 0.002], turnRad: [swing, 0, 0] });
			const own = place(
				ring(small, 0.0016, 40, 10),
				pose({ at: [0, -small + 0.003, 0], turnRad: [0, turn + i * 0.05, 0] }),
			);
			parts.push(place(own, hung));
		});
	}
	for (const s of [-1, 1]) {
		const arm = smoothCurve<Vec3>(
			[
				[0, 0.2, 0],
				[s * 0.012, 0.184, 0],
				[s * 0.03, 0.178, 0],
				[s * 0.054, 0.166, 0],
			],
			10,
		);
		parts.push(sweep(arm, { sides: 14, radiusM: 0.0042 }));
	}
	parts.push(
		sweep(
			[
				[0, 0.215, 0],
				[0, 0.19, 0],
				[0, 0.165, 0],
				[0, 0.146, 0],
			],
			{ sides: 16, radiusM: 0.0052 },
		),
	);
	return hammered(merge(parts), 0.0003);
}

/** The two rods of the stand, from its foot to the cradles that hold the hoop at ±`x`. */
export function cradles(hoopCenterM: number, hoopM: number): Mesh {
	const parts = [-1, 1].map((s) => {
		const a = s * 0.62;
		const x = hoopM * Math.sin(a);
		const y = hoopCenterM - hoopM * Math.cos(a);
		const path = smoothCurve<Vec3>(
			[
				[s * 0.05, 0.02, -0.035],
				[s * 0.055, 0.12, -0.04],
				[s * 0.085, 0.3, -0.036],
				[x + s * 0.001, y - 0.045, -0.032],
				[x + s * 0.002, y - 0.014, -0.022],
				[x + s * 0.003, y - 0.0135, 0.008],
				[x + s * 0.0035, y - 0.006, 0.017],
				[x + s * 0.001, y + 0.012, 0.0185],
			],
			12,
		);
		return sweep(path, { sides: 16, radiusM: (t) => 0.0042 - 0.001 * t });
	});
	return hammered(merge(parts), 0.0003);
}

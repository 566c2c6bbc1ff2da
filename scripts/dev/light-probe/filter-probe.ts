import { radianceFrom } from './probe-scene.ts';

const GOLDEN_ANGLE_RAD = Math.PI * (3 - Math.sqrt(5));
/** The panels' edges are softened by this much, so that none looks cut with a knife. */
const SOFT_EDGE_RAD = 0.02;
/** Rays a level is made of; small levels get more a texel, for they gather from everywhere. */
const RAYS_PER_LEVEL = 1 << 22;
const LEAST_RAYS = 128;

/** One mip level of a cube: linear sRGB, faces +X −X +Y −Y +Z −Z, rows from t = 0, three numbers a texel. */
export interface ProbeLevel {
	facePx: number;
	texels: Float32Array;
}

/** A ray about the pole (0, 0, 1), and how much it counts. */
interface Lobe {
	rays: Float64Array;
	weights: Float64Array;
}

/**
 * The GGX lobe of a roughness looked at along the normal, as three's PMREMGenerator takes it: rays
 * reflected at visible normals, weighted by the cosine. At roughness 0 it is the soft edge alone.
 * https://jcgt.org/published/0007/04/01/
 */
function ggxLobe(roughness: number, count: number): Lobe {
	const alpha = roughness ** 2;
	const alpha2 = alpha ** 2;
	const rays: number[] = [];
	const weights: number[] = [];
	for (let i = 0; i < count; i++) {
		const u = (i + 0.5) / count;
		const invQ = 1 / (1 - u + alpha2 * u);
		const cos = (1 - u - alpha2 * u) * invQ;
		if (cos <= 0) continue;
		const tilt = Math.acos(Math.min(1, cos));
		// The tail of a Gaussian of the same count, turned another way: edges soften on every level.
		const blur = SOFT_EDGE_RAD * Math.sqrt(-2 * Math.log(1 - ((i * 0.754877666) % 1) * 0.989));
		const phi = i * GOLDEN_ANGLE_RAD;
		const psi = i * 3.5845 + 1;
		const x = Math.sin(tilt) * Math.cos(phi) + blur * Math.cos(psi);
		const y = Math.sin(tilt) * Math.sin(phi) + blur * Math.sin(psi);
		rays.push(x, y, Math.cos(tilt));
		weights.push(cos);
	}
	return { rays: Float64Array.from(rays), weights: Float64Array.from(weights) };
}

/** OpenGL's faces of a cube map: the direction of a point (s, t) in −1…1 of each. */
const FACES: readonly ((s: number, t: number) => [number, number, number])[] = [
	(s, t) => [1, -t, -s],
	(s, t) => [-1, -t, s],
	(s, t) => [s, 1, t],
	(s, t) => [s, -1, -t],
	(s, t) => [s, -t, 1],
	(s, t) => [-s, -t, -1],
];

/** Gathers a lobe about a normal. */
function gather(lobe: Lobe, normal: readonly [number, number, number], into: Float32Array): void {
	const length = Math.hypot(...normal);
	const [nx, ny, nz] = [normal[0] / length, normal[1] / length, normal[2] / length];
	// Duff et al. 2017, a basis without branches: https://jcgt.org/published/0006/01/01/
	const sign = nz < 0 ? -1 : 1;
	const a = -1 / (sign + nz);
	const b = nx * ny * a;
	const [tx, ty, tz] = [1 + sign * nx * nx * a, sign * b, -sign * nx];
	const [ux, uy, uz] = [b, sign + ny * ny * a, -ny];
	let [red, green, blue, sum] = [0, 0, 0, 0];
	for (let i = 0; i < lobe.weights.length; i++) {
		const x = lobe.rays[i * 3] ?? 0;
		const y = lobe.rays[i * 3 + 1] ?? 0;
		const z = lobe.rays[i * 3 + 2] ?? 0;
		const weight = lobe.weights[i] ?? 0;
		const light = radianceFrom(
			tx * x + ux * y + nx * z,
			ty * x + uy * y + ny * z,
			tz * x + uz * y + nz * z,
		);
		red += light[0] * weight;
		green += light[1] * weight;
		blue += light[2] * weight;
		sum += weight;
	}
	into.set([red / sum, green / sum, blue / sum]);
}

/** Filters the probe room for one roughness into the faces of a cube map. Takes a second or so. */
export function filterProbe(facePx: number, roughness: number): ProbeLevel {
	const texelCount = 6 * facePx * facePx;
	const lobe = ggxLobe(roughness, Math.max(LEAST_RAYS, Math.ceil(RAYS_PER_LEVEL / texelCount)));
	const texels = new Float32Array(texelCount * 3);
	let at = 0;
	for (const face of FACES) {
		for (let row = 0; row < facePx; row++) {
			for (let column = 0; column < facePx; column++) {
				const s = ((column + 0.5) / facePx) * 2 - 1;
				const t = ((row + 0.5) / facePx) * 2 - 1;
				const [x, y, z] = face(s, t);
				// three mirrors cube maps that are not its own render targets in x.
				gather(lobe, [-x, y, z], texels.subarray(at, at + 3));
				at += 3;
			}
		}
	}
	return { facePx, texels };
}

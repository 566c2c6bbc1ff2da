import type { Bounds } from '#schema/value/geometry';
import { TriangleRuler } from '../health/triangle-ruler.ts';
import type { Mesh } from './mesh.ts';

/** The box around N×3 finite positions. */
export function boundsOf(positions: Float32Array): Bounds {
	let [x0, y0, z0] = [Infinity, Infinity, Infinity];
	let [x1, y1, z1] = [-Infinity, -Infinity, -Infinity];
	for (let i = 0; i < positions.length; i += 3) {
		const x = positions[i] ?? 0;
		const y = positions[i + 1] ?? 0;
		const z = positions[i + 2] ?? 0;
		x0 = Math.min(x0, x);
		y0 = Math.min(y0, y);
		z0 = Math.min(z0, z);
		x1 = Math.max(x1, x);
		y1 = Math.max(y1, y);
		z1 = Math.max(z1, z);
	}
	return { min: [x0, y0, z0], max: [x1, y1, z1] };
}

/** The area of a surface, in the square of its unit. */
export function areaOf({ positions, indices }: Pick<Mesh, 'positions' | 'indices'>): number {
	const ruler = new TriangleRuler(positions);
	let area = 0;
	for (let t = 0; t < indices.length; t += 3) {
		ruler.measure(indices[t] ?? 0, indices[t + 1] ?? 0, indices[t + 2] ?? 0);
		area += ruler.doubleArea / 2;
	}
	return area;
}

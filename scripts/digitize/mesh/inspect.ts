import type { Bounds } from '#schema/geometry';
import { TriangleRuler } from '../health/triangle-ruler.ts';
import type { Mesh } from './mesh.ts';

/** The box around N×3 positions. */
export function boundsOf(positions: Float32Array): Bounds {
	const min: [number, number, number] = [Infinity, Infinity, Infinity];
	const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
	for (let i = 0; i < positions.length; i += 3) {
		for (let k = 0; k < 3; k += 1) {
			const value = positions[i + k] ?? 0;
			if (value < (min[k] ?? 0)) min[k] = value;
			if (value > (max[k] ?? 0)) max[k] = value;
		}
	}
	return { min, max };
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

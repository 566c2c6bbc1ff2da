import { gridSurface } from './grid-surface.ts';
import type { Mesh, Vec2 } from './mesh.ts';

interface RevolveOptions {
	readonly segments: number;
	/** Multiplies the radius at an angle (radians, 0 at +z) and a share 0..1 of the outline. */
	readonly swell?: (angleRad: number, along: number) => number;
}

/**
 * A turned body: `outline` (radius, height; metres) walked so that the outside lies on its right
 * (bottom to top for an outer wall), spun about +Y. Starting and ending on the axis closes it.
 * u runs round, v along the outline by its length.
 */
export function revolve(outline: readonly Vec2[], { segments, swell }: RevolveOptions): Mesh {
	const lengths = [0];
	for (let i = 1; i < outline.length; i++) {
		const [a, b] = [outline[i - 1] ?? [0, 0], outline[i] ?? [0, 0]];
		lengths.push((lengths[i - 1] ?? 0) + Math.hypot(b[0] - a[0], b[1] - a[1]));
	}
	const total = lengths.at(-1) || 1;
	const rows = outline.length - 1;
	const along = (v: number) => (lengths[Math.round(v * rows)] ?? 0) / total;
	return gridSurface({
		columns: segments,
		rows,
		at: (u, v) => {
			const [r, y] = outline[Math.round(v * rows)] ?? [0, 0];
			const angle = (u % 1) * 2 * Math.PI;
			const radius = r * (swell ? swell(angle, along(v)) : 1);
			return [radius * Math.sin(angle), y, radius * Math.cos(angle)];
		},
		uv: (u, v) => [u, along(v)],
	});
}

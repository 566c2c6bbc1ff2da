import type { EarthPoint } from '#schema/value/geometry';

/** The picture: a handscroll, wider than high. Units of its own (u), y down. */
export const SCROLL_U = { width: 2600, height: 900 } as const;

const MARGIN_U = { left: 150, right: 210, top: 250, bottom: 190 };
/** How far places are spread to even distances from west to east, 0 (as on a map) to 1. */
const EVENNESS = 0.72;

export interface ScrollPoint {
	xU: number;
	yU: number;
}

/** Turns positions on earth (WGS-84 degrees) into positions in the picture. */
export type Projection = (point: Pick<EarthPoint, 'lat' | 'lon'>) => ScrollPoint;

/**
 * Lays the places of a cluster out along a handscroll. West stays west of east and north above
 * south, but crowded stretches are drawn wider, as scroll painters do: half of the houses stand
 * within ten kilometres at the mouth of the hills, and a true map would draw them on one spot.
 */
export function projectionFor(points: readonly Pick<EarthPoint, 'lat' | 'lon'>[]): Projection {
	const lons = [...new Set(points.map((p) => p.lon))].sort((a, b) => a - b);
	const lats = points.map((p) => p.lat);
	const west = lons[0] ?? 115.6;
	const east = Math.max(lons.at(-1) ?? 116.2, west + 1e-6);
	const south = Math.min(...lats, 90);
	const north = Math.max(...lats, south + 1e-6);
	const spanX = SCROLL_U.width - MARGIN_U.left - MARGIN_U.right;
	const spanY = SCROLL_U.height - MARGIN_U.top - MARGIN_U.bottom;
	return ({ lat, lon }) => {
		const asMap = (lon - west) / (east - west);
		const share = asMap * (1 - EVENNESS) + rankOf(lon, lons) * EVENNESS;
		return {
			xU: MARGIN_U.left + share * spanX,
			yU: MARGIN_U.top + ((north - lat) / (north - south)) * spanY,
		};
	};
}

/** Where a longitude stands among the others, 0 to 1, between neighbours in proportion. */
function rankOf(lon: number, lons: readonly number[]): number {
	const last = lons.length - 1;
	if (last < 1) return 0.5;
	const first = lons[0] ?? lon;
	if (lon <= first) return (lon - first) / ((lons[1] ?? lon) - first || 1) / last;
	for (let i = 1; i <= last; i++) {
		const low = lons[i - 1] ?? lon;
		const high = lons[i] ?? lon;
		if (lon <= high || i === last) return (i - 1 + (lon - low) / (high - low)) / last;
	}
	return 1;
}

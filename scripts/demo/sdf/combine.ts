import { nearby, SLACK, type Solid, WIDEST_FILLET_M } from './solid.ts';

/** Polynomial smooth minimum (Quilez): differs from the minimum only where both are within `k`. */
function smoothMin(a: number, b: number, k: number): number {
	const h = Math.max(k - Math.abs(a - b), 0) / k;
	return Math.min(a, b) - h * h * k * 0.25;
}

function nearestStuff(parts: readonly Solid[], x: number, y: number, z: number): number {
	let best = Infinity;
	let stuff = 0;
	for (const part of parts) {
		if (!part.stuff) continue;
		const d = part.at(x, y, z);
		if (d < best) {
			best = d;
			stuff = part.stuff(x, y, z);
		}
	}
	return stuff;
}

/**
 * The parts that can show within reach: those not clearly farther away than the nearest, nor out of
 * reach altogether. The nearest always stays.
 */
function prune(
	parts: readonly Solid[],
	k: number,
	x: number,
	y: number,
	z: number,
	reachM: number,
) {
	const distances = parts.map((part) => part.at(x, y, z));
	const least = Math.min(...distances);
	const far = Math.max(least, reachM * SLACK + WIDEST_FILLET_M);
	const limit = Math.min(least + 2 * reachM * SLACK, far) + k;
	const kept: Solid[] = [];
	for (const [i, part] of parts.entries()) {
		if ((distances[i] ?? 0) <= limit) kept.push(nearby(part, x, y, z, reachM));
	}
	return kept;
}

/** All the parts together. */
export function union(...parts: readonly Solid[]): Solid {
	if (parts.length === 1 && parts[0]) return parts[0];
	return {
		at: (x, y, z) => {
			let best = Infinity;
			for (const part of parts) {
				const d = part.at(x, y, z);
				if (d < best) best = d;
			}
			return best;
		},
		stuff: (x, y, z) => nearestStuff(parts, x, y, z),
		near: (x, y, z, reachM) => union(...prune(parts, 0, x, y, z, reachM)),
	};
}

/** All the parts, melted together where they come within `k` metres of each other. */
export function melt(k: number, ...parts: readonly Solid[]): Solid {
	if (parts.length === 1 && parts[0]) return parts[0];
	return {
		at: (x, y, z) => {
			let sum = Infinity;
			for (const part of parts) {
				const d = part.at(x, y, z);
				sum = sum === Infinity ? d : smoothMin(sum, d, k);
			}
			return sum;
		},
		stuff: (x, y, z) => nearestStuff(parts, x, y, z),
		near: (x, y, z, reachM) => melt(k, ...prune(parts, 2 * k, x, y, z, reachM)),
	};
}

/** `body` with `tool` cut away, the edge of the cut rounded over `k` metres. Keeps the body's stuff. */
export function carve(k: number, body: Solid, tool: Solid): Solid {
	const stuff = body.stuff;
	return {
		at: (x, y, z) => -smoothMin(-body.at(x, y, z), tool.at(x, y, z), k),
		...(stuff && { stuff }),
		near: (x, y, z, reachM) => {
			const thin = nearby(body, x, y, z, reachM);
			const isClear = tool.at(x, y, z) > reachM * SLACK - body.at(x, y, z) + reachM * SLACK + k;
			return isClear ? thin : carve(k, thin, nearby(tool, x, y, z, reachM));
		},
	};
}

/** What both share, its edges rounded over `k` metres. Keeps the first one's stuff. */
export function clip(k: number, body: Solid, within: Solid): Solid {
	const stuff = body.stuff;
	return {
		at: (x, y, z) => -smoothMin(-body.at(x, y, z), -within.at(x, y, z), k),
		...(stuff && { stuff }),
		near: (x, y, z, reachM) =>
			clip(k, nearby(body, x, y, z, reachM), nearby(within, x, y, z, reachM)),
	};
}

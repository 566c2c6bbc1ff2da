/** Arrows between names: who leans on whom. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Groups of names that lean on each other in a circle, each sorted; a name that leans on none of its
 * dependants stands alone and is left out. Tarjan's algorithm (SIAM J. Comput. 1972).
 */
export function circlesOf(arrows: Arrows): string[][] {
	const seen = new Map<string, { index: number; low: number }>();
	const stack: string[] = [];
	const circles: string[][] = [];
	const visit = (name: string): { index: number; low: number } => {
		const mark = { index: seen.size, low: seen.size };
		seen.set(name, mark);
		stack.push(name);
		for (const target of arrows.get(name) ?? []) {
			const known = seen.get(target);
			if (!known) mark.low = Math.min(mark.low, visit(target).low);
			else if (stack.includes(target)) mark.low = Math.min(mark.low, known.index);
		}
		if (mark.low === mark.index) {
			const circle = stack.splice(stack.indexOf(name));
			if (circle.length > 1) circles.push(circle.sort());
		}
		return mark;
	};
	for (const name of arrows.keys()) if (!seen.has(name)) visit(name);
	return circles;
}

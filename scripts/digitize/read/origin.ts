/** Beyond this many units from zero a 32-bit position loses detail a scan has. */
const FAR_UNITS = 4096;

/**
 * What to subtract from every position of a scan whose first vertex is (x, y, z): whole units near it
 * when it lies far from zero (surveyed coordinates), nothing otherwise.
 */
export function chooseOrigin(x: number, y: number, z: number): [number, number, number] {
	const isFar = [x, y, z].some((v) => Number.isFinite(v) && Math.abs(v) >= FAR_UNITS);
	if (!isFar) return [0, 0, 0];
	return [whole(x), whole(y), whole(z)];
}

function whole(value: number): number {
	return Number.isFinite(value) ? Math.round(value) : 0;
}

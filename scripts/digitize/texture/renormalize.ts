/** Shorter sums have no direction left: opposite normals met in one pixel. */
const NO_LENGTH = 1e-3;

/**
 * Gives the directions of a normal map unit length again, which filtering takes from them: a scaled map
 * of fine grooves would otherwise shade as if it were flatter and darker than it is. `data` holds
 * `channels` bytes a pixel, x, y and z first, 0 to 255 for -1 to 1, and is changed in place.
 */
export function renormalize(data: Uint8Array, channels: 3 | 4): void {
	for (let i = 0; i + 2 < data.length; i += channels) {
		const x = (data[i] ?? 0) / 127.5 - 1;
		const y = (data[i + 1] ?? 0) / 127.5 - 1;
		const z = (data[i + 2] ?? 0) / 127.5 - 1;
		const length = Math.hypot(x, y, z);
		const isNothing = length < NO_LENGTH;
		data[i] = isNothing ? 128 : byteOf(x / length);
		data[i + 1] = isNothing ? 128 : byteOf(y / length);
		data[i + 2] = isNothing ? 255 : byteOf(z / length);
	}
}

function byteOf(component: number): number {
	return Math.round((component + 1) * 127.5);
}

/** Side of the sharpest faces of `assets/env/gallery-probe.bin`, pixels. */
export const PROBE_FACE_PX = 64;
const SMALLEST_FACE_PX = 8;
const FACES = 6;
/** Low bits of each half float that the file leaves out. */
const DROPPED_BITS = 3;

/** One level of one face: half floats RGBA, linear sRGB, rows from t = 0; alpha says nothing. */
export interface ProbeMip {
	width: number;
	height: number;
	data: Uint16Array;
}

/** A probe without light: six faces (+X −X +Y −Y +Z −Z), each with its levels from mirror to diffuse. */
export function darkProbe(): ProbeMip[][] {
	return Array.from({ length: FACES }, () => {
		const mips: ProbeMip[] = [];
		for (let px = PROBE_FACE_PX; px >= SMALLEST_FACE_PX; px /= 2) {
			mips.push({ width: px, height: px, data: new Uint16Array(px * px * 4) });
		}
		return mips;
	});
}

/** Reads the file that `scripts/dev/light-probe/pack-probe.ts` writes; refuses any other length. */
export function unpackProbe(bytes: Uint8Array): ProbeMip[][] {
	const faces = darkProbe();
	const codes = faces.flat().reduce((sum, { width }) => sum + width * width * 3, 0);
	if (bytes.length !== codes * 2) {
		throw new RangeError(`unpack light probe: ${bytes.length} bytes, not ${codes * 2}`);
	}
	let at = 0;
	const readPlane = (facePx: number): Int16Array => {
		const plane = new Int16Array(FACES * facePx * facePx);
		for (let i = 0; i < plane.length; i++, at++) {
			const folded = (bytes[at] ?? 0) | ((bytes[at + codes] ?? 0) << 8);
			const before = i % facePx > 0 ? i - 1 : i - facePx;
			plane[i] = (plane[before] ?? 0) + ((folded >> 1) ^ -(folded & 1));
		}
		return plane;
	};
	for (const [level, { width }] of (faces[0] ?? []).entries()) {
		const [green, red, blue] = [readPlane(width), readPlane(width), readPlane(width)];
		for (const [i, code] of green.entries()) {
			const face = Math.floor(i / (width * width));
			const texel = [code + (red[i] ?? 0), code, code + (blue[i] ?? 0)];
			faces[face]?.[level]?.data.set(
				texel.map((each) => each << DROPPED_BITS),
				(i % (width * width)) * 4,
			);
		}
	}
	return faces;
}

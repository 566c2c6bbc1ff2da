/** Where a middle tone and the highlights should lie, and how far exposure may go. */
const GREY = 0.3;
const BRIGHT = 0.95;
const MOST = 1.5;
/** Where highlights begin to roll off. */
const KNEE = 0.6;

/**
 * The exposure for a piece whose samples have these luminances (linear, sorted in place): half of
 * what would bring its middle tone to a fixed grey, so that a dark bronze stays dark and white bone
 * stays white, but neither loses its shades.
 */
export function exposureFor(tones: number[]): number {
	tones.sort((a, b) => a - b);
	const middle = Math.max(tones[Math.floor(tones.length * 0.5)] ?? GREY, 1e-3);
	const bright = Math.max(tones[Math.floor(tones.length * 0.96)] ?? 1, 1e-3);
	const wanted = Math.min(Math.sqrt(GREY / middle), MOST);
	return Math.min(wanted, Math.max(BRIGHT / bright, wanted * 0.6));
}

/**
 * Brings light (linear RGB, in place) into 0 to 1: what is beyond the knee rolls off instead of
 * clipping; the brightest channel leads, so that hues stay.
 */
export function toneMap(light: Float64Array, exposure: number): void {
	const peak = Math.max(light[0] ?? 0, light[1] ?? 0, light[2] ?? 0) * exposure;
	const room = 1 - KNEE;
	const rolled = peak <= KNEE ? peak : KNEE + room * (1 - Math.exp((KNEE - peak) / room));
	const scale = peak > 0 ? (rolled / peak) * exposure : 0;
	const bleach = Math.min(Math.max((peak - 1) * 0.15, 0), 0.6);
	for (let k = 0; k < 3; k += 1) {
		const value = (light[k] ?? 0) * scale;
		light[k] = value + (rolled - value) * bleach;
	}
}

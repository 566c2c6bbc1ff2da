import type { LampState } from '../light/light-rig.ts';
import { readNumbers, writeNumbers } from './param-numbers.ts';
import type { Tool } from './tool.ts';

/** What the lamp asks of the engine. */
export interface LampPort {
	setLamp(lamp: LampState): void;
}

const DEGREE = Math.PI / 180;
/** How far the lamp goes to each side, and up and down: raking, not yet behind the piece. */
export const LAMP_REACH_RAD = 72 * DEGREE;

const clamp = (angleRad: number): number =>
	Math.min(LAMP_REACH_RAD, Math.max(-LAMP_REACH_RAD, angleRad));

/** The lamp in a hand at a place of the picture: −1 to 1, y up. */
export function lampAt(at: { x: number; y: number }): LampState {
	return {
		isOn: true,
		yawRad: clamp(at.x * LAMP_REACH_RAD),
		pitchRad: clamp(at.y * LAMP_REACH_RAD),
	};
}

/**
 * Raking light: the lamp in the visitor's hand. In an address `lamp=35,20`: yaw and pitch in whole
 * degrees, from where the camera looks; a lamp that is off is left out.
 */
export function createLampTool(port: LampPort): Tool<LampState> {
	return {
		name: 'lamp',
		initial: { isOn: false, yawRad: 34 * DEGREE, pitchRad: 26 * DEGREE },
		apply: (lamp) => port.setLamp(lamp),
		equals: (one, other) =>
			one.isOn === other.isOn && one.yawRad === other.yawRad && one.pitchRad === other.pitchRad,
		toParam: ({ isOn, yawRad, pitchRad }) =>
			isOn ? writeNumbers([yawRad / DEGREE, pitchRad / DEGREE], 0) : undefined,
		fromParam(text) {
			const numbers = readNumbers(text);
			if (numbers?.length !== 2) return undefined;
			const [yawDeg = 0, pitchDeg = 0] = numbers;
			return { isOn: true, yawRad: clamp(yawDeg * DEGREE), pitchRad: clamp(pitchDeg * DEGREE) };
		},
	};
}

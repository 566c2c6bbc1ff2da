import type { ThreeEvent } from '@react-three/fiber';
import { isXRInputSourceState } from '@react-three/xr';

const STRENGTH = 0.5;
const LENGTH_MS = 30;

/** A short knock in the hand that pressed, where the hand can feel one. */
export function pulse(event: ThreeEvent<PointerEvent>): void {
	const source: unknown = 'pointerState' in event ? event.pointerState : undefined;
	if (!isXRInputSourceState(source)) return;
	const actuators = source.inputSource.gamepad?.hapticActuators;
	const pulsing = actuators?.[0]?.pulse?.(STRENGTH, LENGTH_MS);
	// A device that cannot is no worse off for it.
	pulsing?.catch(() => undefined);
}

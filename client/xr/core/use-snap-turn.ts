import { useFrame } from '@react-three/fiber';
import { useXRStore, type XRStore } from '@react-three/xr';
import { type RefObject, useRef } from 'react';
import type { Object3D } from 'three';
import { headOf, turnAbout } from './rig.ts';

const STEP_RAD = Math.PI / 6;
const PUSHED = 0.6;
const RELEASED = 0.3;

/** The stronger sideways push of the two thumbsticks, −1 to 1. */
function sidewaysPush(sources: ReturnType<XRStore['getState']>['inputSourceStates']): number {
	let push = 0;
	for (const source of sources) {
		if (source.type !== 'controller') continue;
		const x = source.gamepad['xr-standard-thumbstick']?.xAxis ?? 0;
		if (Math.abs(x) > Math.abs(push)) push = x;
	}
	return push;
}

/** Turns the rig by 30° for each push of a thumbstick, of either hand: one is enough. */
export function useSnapTurn(rig: RefObject<Object3D | null>): void {
	const store = useXRStore();
	const isReleased = useRef(true);
	useFrame(({ camera }) => {
		if (rig.current === null) return;
		const push = sidewaysPush(store.getState().inputSourceStates);
		if (Math.abs(push) < RELEASED) isReleased.current = true;
		else if (Math.abs(push) > PUSHED && isReleased.current) {
			isReleased.current = false;
			turnAbout(rig.current, headOf(camera), push > 0 ? -STEP_RAD : STEP_RAD);
		}
	});
}

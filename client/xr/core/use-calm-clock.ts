import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';

/** @pmndrs/xr turns its teleport ray by `elapsed / 100 ms` of the way. */
const LONGEST_STEP_S = 0.1;

/**
 * Lets no frame count for more than a tenth of a second. After a hitch the teleport ray would
 * otherwise be turned past its aim, by many times the way there on a slow device, and swing instead
 * of settling (@pmndrs/xr 6.6.31, teleport.js; seen at one frame a second).
 */
export function useCalmClock(): void {
	const clock = useThree((state) => state.clock);
	useEffect(() => {
		const measure = clock.getDelta;
		clock.getDelta = () => Math.min(measure.call(clock), LONGEST_STEP_S);
		return () => {
			clock.getDelta = measure;
		};
	}, [clock]);
}

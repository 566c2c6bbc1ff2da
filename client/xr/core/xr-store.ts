import { createXRStore, type XRStore } from '@react-three/xr';
import { POINTER, SafeController, SafeHand } from './SafeInputs.tsx';

/** A steady 72 frames a second beats a dropping 90. */
const STEADY_HZ = 72;

/**
 * The session store of one exhibit. Nothing is entered unasked, no emulator is injected (the
 * library would, on any localhost: also on a kiosk), and every model comes from our own origin.
 * `destroy` it with the page.
 */
export function createExhibitXrStore(): XRStore {
	return createXRStore({
		emulate: false,
		offerSession: false,
		enterGrantedSession: false,
		baseAssetPath: new URL(`${import.meta.env.BASE_URL}vendor/xr-profiles/`, location.href).href,
		foveation: 1,
		frameRate: (rates) => (Array.from(rates).includes(STEADY_HZ) ? STEADY_HZ : false),
		meshDetection: false,
		planeDetection: false,
		controller: SafeController,
		hand: SafeHand,
		transientPointer: POINTER,
		gaze: POINTER,
		screenInput: POINTER,
	});
}

import { DefaultXRController, DefaultXRHand } from '@react-three/xr';
import { Component, type ReactNode } from 'react';

interface BoundaryProps {
	fallback: ReactNode;
	children: ReactNode;
}

/** A model that does not load must not take the room away: the black headset of a lost React root. */
class ModelBoundary extends Component<BoundaryProps, { hasFailed: boolean }> {
	override state = { hasFailed: false };

	static getDerivedStateFromError(): { hasFailed: boolean } {
		return { hasFailed: true };
	}

	override render(): ReactNode {
		return this.state.hasFailed ? this.props.fallback : this.props.children;
	}
}

/** Slow visitors and slow frames: three times the library's patience. Tests are slower still. */
const clickThresholdMs = __XR_EMULATOR__ ? 60_000 : 800;
const PATIENT = { clickThresholdMs };

const CONTROLLER = { teleportPointer: true, rayPointer: PATIENT, grabPointer: PATIENT };
const HAND = {
	teleportPointer: true,
	rayPointer: PATIENT,
	grabPointer: PATIENT,
	touchPointer: PATIENT,
};

/** Pointers for eyes and pinches (Vision Pro) and for screens (phones in AR). */
export const POINTER = PATIENT;

/** A controller with ray, grab and teleport; without its model when that fails to load. */
export function SafeController() {
	return (
		<ModelBoundary fallback={<DefaultXRController {...CONTROLLER} model={false} />}>
			<DefaultXRController {...CONTROLLER} />
		</ModelBoundary>
	);
}

/** A hand with ray, touch, grab and teleport; without its model when that fails to load. */
export function SafeHand() {
	return (
		<ModelBoundary fallback={<DefaultXRHand {...HAND} model={false} />}>
			<DefaultXRHand {...HAND} />
		</ModelBoundary>
	);
}

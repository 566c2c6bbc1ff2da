import { DefaultXRController, DefaultXRHand, XRSpace } from '@react-three/xr';
import { Component, type ReactNode, useMemo, useRef } from 'react';
import type { Object3D } from 'three';
import { isAimedAtPiece } from './aim.ts';

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

/** Pointers for eyes and pinches (Vision Pro) and for screens (phones in AR). */
export const POINTER = PATIENT;

/**
 * A teleport arc that yields to a piece in the ray's way. The library takes whichever pointer hits
 * nearer, and the arc comes down before most pieces: they could not be picked from afar.
 */
function useYieldingTeleport() {
	const space = useRef<Object3D>(null);
	const teleportPointer = useMemo(
		() => ({ filter: () => space.current === null || !isAimedAtPiece(space.current) }),
		[],
	);
	return { space, teleportPointer };
}

/** A controller with ray, grab and teleport; without its model when that fails to load. */
export function SafeController() {
	const { space, teleportPointer } = useYieldingTeleport();
	const pointers = { teleportPointer, rayPointer: PATIENT, grabPointer: PATIENT };
	return (
		<>
			<XRSpace ref={space} space="target-ray-space" />
			<ModelBoundary fallback={<DefaultXRController {...pointers} model={false} />}>
				<DefaultXRController {...pointers} />
			</ModelBoundary>
		</>
	);
}

/** A hand with ray, touch, grab and teleport; without its model when that fails to load. */
export function SafeHand() {
	const { space, teleportPointer } = useYieldingTeleport();
	const near = { grabPointer: PATIENT, touchPointer: PATIENT };
	const pointers = { teleportPointer, rayPointer: PATIENT, ...near };
	return (
		<>
			<XRSpace ref={space} space="target-ray-space" />
			<ModelBoundary fallback={<DefaultXRHand {...pointers} model={false} />}>
				<DefaultXRHand {...pointers} />
			</ModelBoundary>
		</>
	);
}

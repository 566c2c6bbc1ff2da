import { MathUtils, type PerspectiveCamera, Spherical, Vector3 } from 'three';

const DURATION_MS = 420;

/** A place to look from: the point looked at, and the way to it. */
export interface Viewpoint {
	target: Vector3;
	position: Vector3;
}

interface Journey {
	from: { target: Vector3; around: Spherical };
	to: { target: Vector3; around: Spherical };
	startMs: number | undefined;
}

const easeOut = (share: number): number => 1 - (1 - share) ** 3;

/** Turns the long way round into the short one. */
function nearestTurn(from: number, to: number): number {
	return from + MathUtils.euclideanModulo(to - from + Math.PI, 2 * Math.PI) - Math.PI;
}

/**
 * Carries the camera along an arc to a new viewpoint, slowly at the end, and lets go the moment the
 * visitor takes hold. With reduced motion it arrives at once.
 */
export class CameraMotion {
	readonly #camera: PerspectiveCamera;
	readonly #target: Vector3;
	readonly #durationMs: number;
	readonly #around = new Spherical();
	#journey: Journey | undefined;

	/** `target` is the controls' own vector: it is moved with the camera. */
	constructor(camera: PerspectiveCamera, target: Vector3, prefersReducedMotion: boolean) {
		this.#camera = camera;
		this.#target = target;
		this.#durationMs = prefersReducedMotion ? 0 : DURATION_MS;
	}

	/** Where the motion under way will end, or else where the camera is. */
	get destination(): Viewpoint {
		const { target, around } = this.#journey?.to ?? this.#here();
		return { target: target.clone(), position: new Vector3().setFromSpherical(around).add(target) };
	}

	to(viewpoint: Viewpoint): void {
		const around = new Spherical().setFromVector3(viewpoint.position.clone().sub(viewpoint.target));
		this.#start({ target: viewpoint.target.clone(), around });
	}

	stop(): void {
		this.#journey = undefined;
	}

	/** Moves the camera for this frame; true while it is still on its way. */
	update(nowMs: number): boolean {
		const journey = this.#journey;
		if (journey === undefined) return false;
		journey.startMs ??= nowMs;
		const passed = this.#durationMs === 0 ? 1 : (nowMs - journey.startMs) / this.#durationMs;
		const share = easeOut(Math.min(1, Math.max(0, passed)));
		const { from, to } = journey;
		this.#target.lerpVectors(from.target, to.target, share);
		this.#around.set(
			MathUtils.lerp(from.around.radius, to.around.radius, share),
			MathUtils.lerp(from.around.phi, to.around.phi, share),
			MathUtils.lerp(from.around.theta, to.around.theta, share),
		);
		this.#camera.position.setFromSpherical(this.#around).add(this.#target);
		this.#camera.lookAt(this.#target);
		if (share >= 1) this.#journey = undefined;
		return share < 1;
	}

	#here(): Journey['to'] {
		const offset = this.#camera.position.clone().sub(this.#target);
		return { target: this.#target.clone(), around: new Spherical().setFromVector3(offset) };
	}

	#start(to: Journey['to']): void {
		const from = this.#here();
		to.around.theta = nearestTurn(from.around.theta, to.around.theta);
		this.#journey = { from, to, startMs: undefined };
	}
}

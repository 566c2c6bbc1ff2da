import { type PerspectiveCamera, TOUCH, Vector2 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Framing } from './framing.ts';

/** What a visitor's hands ask of the viewer, whichever way they ask it. */
export interface PieceGestures {
	orbitBy(yawRad: number, pitchRad: number): void;
	zoomBy(factor: number): void;
	reset(): void;
	/** A double tap, −1 to 1, y up. */
	focusAt(at: Vector2): void;
	/** Where the hand is while it holds the lamp, −1 to 1, y up. */
	moveLamp(at: Vector2): void;
	/** The hand took hold: motions under way end. */
	grab(): void;
	/** The hand let go; the camera may glide on. */
	release(): void;
}

const KEY_TURN_RAD = Math.PI / 12;
const KEY_ZOOM = 1.2;

const KEYS: Readonly<Record<string, (gestures: PieceGestures) => void>> = {
	ArrowLeft: (g) => g.orbitBy(-KEY_TURN_RAD, 0),
	ArrowRight: (g) => g.orbitBy(KEY_TURN_RAD, 0),
	ArrowUp: (g) => g.orbitBy(0, KEY_TURN_RAD),
	ArrowDown: (g) => g.orbitBy(0, -KEY_TURN_RAD),
	'+': (g) => g.zoomBy(KEY_ZOOM),
	'=': (g) => g.zoomBy(KEY_ZOOM),
	'-': (g) => g.zoomBy(1 / KEY_ZOOM),
	'0': (g) => g.reset(),
};

/**
 * Orbit (one finger, left button), zoom (pinch, wheel), pan (two fingers, right button), double tap
 * to focus, keys. While the lamp is held, one finger or the hovering mouse moves it instead.
 */
export class PieceControls {
	readonly orbit: OrbitControls;
	readonly #canvas: HTMLCanvasElement;
	readonly #gestures: PieceGestures;
	readonly #listeners = new AbortController();
	#holdsLamp = false;

	constructor(
		camera: PerspectiveCamera,
		canvas: HTMLCanvasElement,
		prefersReducedMotion: boolean,
		gestures: PieceGestures,
	) {
		this.#canvas = canvas;
		this.#gestures = gestures;
		this.orbit = new OrbitControls(camera, canvas);
		this.orbit.enableDamping = !prefersReducedMotion;
		this.orbit.dampingFactor = 0.09;
		this.orbit.rotateSpeed = 0.8;
		this.orbit.zoomSpeed = 0.9;
		this.orbit.minPolarAngle = 0.06;
		this.orbit.maxPolarAngle = Math.PI - 0.06;
		this.orbit.addEventListener('start', () => gestures.grab());
		this.orbit.addEventListener('end', () => gestures.release());
		this.#listen();
	}

	/** Takes the limits of a framing, and its place too when `moves`. */
	frame(framing: Framing, moves: boolean): void {
		this.orbit.minDistance = framing.minDistanceM;
		this.orbit.maxDistance = framing.maxDistanceM;
		if (!moves) return;
		this.orbit.target.copy(framing.target);
		this.orbit.object.position.copy(framing.position);
		this.orbit.update();
	}

	holdLamp(isHeld: boolean): void {
		this.#holdsLamp = isHeld;
		this.orbit.touches.ONE = isHeld ? null : TOUCH.ROTATE;
	}

	dispose(): void {
		this.#listeners.abort();
		this.orbit.dispose();
	}

	#listen(): void {
		const { signal } = this.#listeners;
		this.#canvas.addEventListener('keydown', (event) => this.#onKey(event), { signal });
		this.#canvas.addEventListener('pointermove', (event) => this.#onMove(event), { signal });
		this.#canvas.addEventListener(
			'dblclick',
			(event) => this.#gestures.focusAt(this.#place(event)),
			{ signal },
		);
	}

	#onKey(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const action = KEYS[event.key];
		if (action === undefined) return;
		event.preventDefault();
		action(this.#gestures);
	}

	#onMove(event: PointerEvent): void {
		const isHovering = event.pointerType === 'mouse' && event.buttons === 0;
		const isOneFinger = event.pointerType !== 'mouse' && event.isPrimary;
		if (this.#holdsLamp && (isHovering || isOneFinger)) {
			this.#gestures.moveLamp(this.#place(event));
		}
	}

	#place(event: MouseEvent): Vector2 {
		const box = this.#canvas.getBoundingClientRect();
		return new Vector2(
			((event.clientX - box.left) / box.width) * 2 - 1,
			1 - ((event.clientY - box.top) / box.height) * 2,
		);
	}
}

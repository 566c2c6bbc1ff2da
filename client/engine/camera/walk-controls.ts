import { MathUtils, type PerspectiveCamera, type Vector3 } from 'three';

/** Something on the floor one walks around. Metres. */
export interface Obstacle {
	xM: number;
	zM: number;
	radiusM: number;
}

export interface WalkOptions {
	/** The room's floor: width along X, depth along Z, centred on the origin. */
	widthM: number;
	depthM: number;
	obstacles: readonly Obstacle[];
	prefersReducedMotion: boolean;
	/** The view will change: a frame is wanted. */
	onChange: () => void;
	/** The visitor took hold of the view. */
	onGrab: () => void;
}

const EYE_HEIGHT_M = 1.6;
const SPEED_M_PER_S = 1.9;
const TURN_RAD_PER_S = 1.5;
const DRAG_RAD_PER_PX = 0.0042;
const MAX_PITCH_RAD = 1.1;
const WALL_GAP_M = 0.45;
/** A walk to a place takes this long at least and at most, milliseconds. */
const WALK_MS = [450, 1500] as const;
const MS_PER_M = 320;

/** Something one walks up to: its middle, its half diagonal (metres), and the group that turns it about +Y. */
export interface Standing {
	centreM: Vector3;
	radiusM: number;
	group: { rotation: { y: number } };
}

interface Pose {
	xM: number;
	zM: number;
	yawRad: number;
	pitchRad: number;
}

type Step = 'ahead' | 'back' | 'left' | 'right' | 'turnLeft' | 'turnRight';

const KEYS: Readonly<Record<string, Step>> = {
	KeyW: 'ahead',
	ArrowUp: 'ahead',
	KeyS: 'back',
	ArrowDown: 'back',
	KeyA: 'left',
	KeyD: 'right',
	ArrowLeft: 'turnLeft',
	KeyQ: 'turnLeft',
	ArrowRight: 'turnRight',
	KeyE: 'turnRight',
};

const easeInOut = (share: number): number =>
	share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2;

/** Keeps a place inside the walls and off what stands on the floor. Mutates and returns `pose`. */
export function keepInside<P extends { xM: number; zM: number }>(
	pose: P,
	room: Pick<WalkOptions, 'widthM' | 'depthM' | 'obstacles'>,
): P {
	for (const obstacle of room.obstacles) {
		const dx = pose.xM - obstacle.xM;
		const dz = pose.zM - obstacle.zM;
		const distanceM = Math.hypot(dx, dz);
		if (distanceM >= obstacle.radiusM) continue;
		const push = distanceM < 1e-6 ? 0 : obstacle.radiusM / distanceM;
		pose.xM = obstacle.xM + (push === 0 ? 0 : dx * push);
		pose.zM = obstacle.zM + (push === 0 ? obstacle.radiusM : dz * push);
	}
	const maxX = room.widthM / 2 - WALL_GAP_M;
	const maxZ = room.depthM / 2 - WALL_GAP_M;
	pose.xM = MathUtils.clamp(pose.xM, -maxX, maxX);
	pose.zM = MathUtils.clamp(pose.zM, -maxZ, maxZ);
	return pose;
}

/**
 * Walking with eyes 1.6 m up: drag to look, keys to walk and turn, `walkTo` and `standBefore` for
 * taps. The camera is moved by `update`, once a frame; with reduced motion walks arrive at once.
 */
export class WalkControls {
	readonly #camera: PerspectiveCamera;
	readonly #canvas: HTMLCanvasElement;
	readonly #options: WalkOptions;
	readonly #listeners = new AbortController();
	readonly #held = new Set<string>();
	/** Changed in place: it moves with every frame of a walk. */
	readonly #pose: Pose = { xM: 0, zM: 0, yawRad: 0, pitchRad: 0 };
	#walk: { from: Pose; to: Pose; startMs: number | undefined; durationMs: number } | undefined;
	#drag: { id: number; x: number; y: number } | undefined;
	#lastMs: number | undefined;

	constructor(camera: PerspectiveCamera, canvas: HTMLCanvasElement, options: WalkOptions) {
		this.#camera = camera;
		this.#canvas = canvas;
		this.#options = options;
		camera.rotation.order = 'YXZ';
		this.#listen();
	}

	/** Stands at a place at once, looking level along `yawRad` (0 looks along −Z). */
	stand(xM: number, zM: number, yawRad: number): void {
		this.#walk = undefined;
		Object.assign(this.#pose, { xM, zM, yawRad, pitchRad: 0 });
		keepInside(this.#pose, this.#options);
		this.#apply();
	}

	/** Where one stands and looks: to stand there again in another room, or in a headset. */
	get pose(): Pick<Pose, 'xM' | 'zM' | 'yawRad'> {
		return this.#pose;
	}

	/** Walks to a point of the floor, looking where one looks. */
	walkTo(point: Vector3): void {
		this.#goTo({ ...this.#pose, xM: point.x, zM: point.z, pitchRad: this.#pose.pitchRad * 0.4 });
	}

	/** Walks up to a piece and faces it, from the side it is turned to. */
	standBefore(piece: Standing): void {
		const { centreM: centre, radiusM } = piece;
		const frontYawRad = piece.group.rotation.y;
		const distanceM = Math.max(1.05, radiusM * 2.3 + 0.35);
		const place = keepInside(
			{
				xM: centre.x + Math.sin(frontYawRad) * distanceM,
				zM: centre.z + Math.cos(frontYawRad) * distanceM,
			},
			this.#options,
		);
		const [dx, dz] = [centre.x - place.xM, centre.z - place.zM];
		const pitchRad = Math.atan2(centre.y - EYE_HEIGHT_M, Math.hypot(dx, dz));
		this.#goTo({
			...place,
			yawRad: Math.atan2(-dx, -dz),
			pitchRad: MathUtils.clamp(pitchRad, -MAX_PITCH_RAD, MAX_PITCH_RAD),
		});
	}

	/** Moves the camera for this frame; true while a walk or a held key goes on. */
	update(nowMs: number): boolean {
		const passedS = Math.min(0.1, (nowMs - (this.#lastMs ?? nowMs)) / 1000);
		this.#lastMs = nowMs;
		this.#stepKeys(passedS);
		this.#stepWalk(nowMs);
		this.#apply();
		const isMoving = this.#walk !== undefined || this.#held.size > 0;
		if (!isMoving) this.#lastMs = undefined;
		return isMoving;
	}

	dispose(): void {
		this.#listeners.abort();
	}

	#goTo(to: Pose): void {
		const inside = keepInside(to, this.#options);
		const from = { ...this.#pose };
		const turn = MathUtils.euclideanModulo(inside.yawRad - from.yawRad + Math.PI, 2 * Math.PI);
		inside.yawRad = from.yawRad + turn - Math.PI;
		const lengthM = Math.hypot(inside.xM - from.xM, inside.zM - from.zM);
		const durationMs = this.#options.prefersReducedMotion
			? 0
			: MathUtils.clamp(lengthM * MS_PER_M, ...WALK_MS);
		this.#walk = { from, to: inside, startMs: undefined, durationMs };
		this.#options.onChange();
	}

	#stepWalk(nowMs: number): void {
		const walk = this.#walk;
		if (walk === undefined) return;
		walk.startMs ??= nowMs;
		const passed = walk.durationMs === 0 ? 1 : (nowMs - walk.startMs) / walk.durationMs;
		const share = easeInOut(MathUtils.clamp(passed, 0, 1));
		const { from, to } = walk;
		this.#pose.xM = MathUtils.lerp(from.xM, to.xM, share);
		this.#pose.zM = MathUtils.lerp(from.zM, to.zM, share);
		this.#pose.yawRad = MathUtils.lerp(from.yawRad, to.yawRad, share);
		this.#pose.pitchRad = MathUtils.lerp(from.pitchRad, to.pitchRad, share);
		if (passed >= 1) this.#walk = undefined;
	}

	#stepKeys(passedS: number): void {
		if (this.#held.size === 0) return;
		const pose = this.#pose;
		pose.yawRad += (this.#holds('turnLeft') - this.#holds('turnRight')) * TURN_RAD_PER_S * passedS;
		const ahead = (this.#holds('ahead') - this.#holds('back')) * SPEED_M_PER_S * passedS;
		const aside = (this.#holds('right') - this.#holds('left')) * SPEED_M_PER_S * passedS;
		pose.xM += -Math.sin(pose.yawRad) * ahead + Math.cos(pose.yawRad) * aside;
		pose.zM += -Math.cos(pose.yawRad) * ahead - Math.sin(pose.yawRad) * aside;
		keepInside(pose, this.#options);
	}

	/** 1 while a key of that meaning is held, else 0. */
	#holds(meaning: Step): number {
		for (const code of this.#held) if (KEYS[code] === meaning) return 1;
		return 0;
	}

	#apply(): void {
		const { xM, zM, yawRad, pitchRad } = this.#pose;
		this.#camera.position.set(xM, EYE_HEIGHT_M, zM);
		this.#camera.rotation.set(pitchRad, yawRad, 0);
	}

	#listen(): void {
		const { signal } = this.#listeners;
		const on = <K extends keyof HTMLElementEventMap>(
			type: K,
			listener: (event: HTMLElementEventMap[K]) => void,
		) => this.#canvas.addEventListener(type, listener, { signal });
		on('pointerdown', (event) => {
			if (!event.isPrimary) return;
			this.#drag = { id: event.pointerId, x: event.clientX, y: event.clientY };
		});
		on('pointermove', (event) => this.#onDrag(event));
		for (const type of ['pointerup', 'pointercancel'] as const) {
			on(type, () => {
				this.#drag = undefined;
			});
		}
		on('keydown', (event) => this.#onKey(event));
		on('keyup', (event) => this.#held.delete(event.code));
		on('blur', () => this.#held.clear());
	}

	#onKey(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || KEYS[event.code] === undefined) return;
		event.preventDefault();
		this.#walk = undefined;
		this.#held.add(event.code);
		this.#options.onGrab();
		this.#options.onChange();
	}

	#onDrag(event: PointerEvent): void {
		const drag = this.#drag;
		if (drag?.id !== event.pointerId || event.buttons === 0) return;
		const [acrossPx, downPx] = [event.clientX - drag.x, event.clientY - drag.y];
		if (acrossPx === 0 && downPx === 0) return;
		this.#drag = { id: drag.id, x: event.clientX, y: event.clientY };
		if (Math.hypot(acrossPx, downPx) > 2) this.#walk = undefined;
		// The room follows the hand: dragging to the right brings in what is on the left.
		this.#pose.yawRad += acrossPx * DRAG_RAD_PER_PX;
		const pitchRad = this.#pose.pitchRad + downPx * DRAG_RAD_PER_PX;
		this.#pose.pitchRad = MathUtils.clamp(pitchRad, -MAX_PITCH_RAD, MAX_PITCH_RAD);
		this.#options.onGrab();
		this.#options.onChange();
	}
}

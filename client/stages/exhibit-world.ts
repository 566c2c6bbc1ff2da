import { createRoot, events, extend, type ReconcilerRoot } from '@react-three/fiber';
import {
	BoxGeometry,
	Group,
	Mesh,
	MeshBasicMaterial,
	PerspectiveCamera,
	PlaneGeometry,
	type Texture,
} from 'three';
import { entranceRoom } from '#schema/exhibit/entrance-room';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { WalkControls } from '../engine/camera/walk-controls.ts';
import { makeLightProbe } from '../engine/light/light-probe.ts';
import { Room } from '../engine/room/room.ts';
import type { ContextState } from '../engine/stage/context-watch.ts';
import { drawnPixelRatio } from '../engine/stage/pixel-ratio.ts';
import { Stage } from '../engine/stage/stage.ts';
import { putCanvas } from './stage-canvas.ts';

// Only what JSX names, here and in @react-three/xr: the whole of three would cost 47 KB more.
extend({ BoxGeometry, Group, Mesh, MeshBasicMaterial, PlaneGeometry });

interface ExhibitWorldOptions {
	exhibit: Exhibit;
	/** Where the visitor stands at first; without it, at the exhibit's entrance. */
	pose: WalkControls['pose'] | undefined;
	onGrab(): void;
	onContext(state: ContextState): void;
}

/** Keeps a visitor's chest out of what stands on the floor. */
const BODY_M = 0.3;

/**
 * An exhibit's room on a canvas of its own in `host`, with the react-three-fiber root that draws it. The stage is ours:
 * it is there at once, and released at once by `close`. Throws `NoWebglError`, and leaves nothing behind then.
 */
export class ExhibitWorld {
	readonly canvas: HTMLCanvasElement;
	readonly stage: Stage;
	readonly room: Room;
	readonly walker: WalkControls;
	readonly root: ReconcilerRoot<HTMLCanvasElement>;
	/** Resolves when the root can be rendered into. */
	readonly ready: Promise<void>;
	readonly #host: HTMLElement;
	readonly #resize: ResizeObserver;
	readonly #life = new AbortController();
	readonly #probe: Texture;
	#isClosed = false;

	constructor(host: HTMLElement, options: ExhibitWorldOptions) {
		this.#host = host;
		this.canvas = putCanvas(host);
		const camera = new PerspectiveCamera(60, 1, 0.05, 60);
		try {
			this.stage = new Stage(this.canvas, {
				camera,
				castsShadows: false,
				onContext: options.onContext,
				onPixelRatio: () => void this.#configure(),
			});
		} catch (error) {
			this.canvas.remove();
			throw error;
		}
		this.room = new Room(this.stage, options.exhibit);
		this.#probe = makeLightProbe(this.#life.signal, this.stage.invalidate);
		this.stage.scene.environment = this.#probe;
		this.walker = this.#makeWalker(camera, options);
		this.root = createRoot(this.canvas);
		this.#resize = new ResizeObserver(() => void this.#configure());
		this.ready = this.#open();
	}

	/** Takes the room down and gives everything back. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#resize.disconnect();
		this.walker.dispose();
		this.root.unmount();
		this.room.dispose();
		this.#life.abort();
		this.#probe.dispose();
		this.canvas.remove();
		this.stage.dispose();
	}

	#makeWalker(
		camera: PerspectiveCamera,
		{ exhibit, pose, onGrab }: ExhibitWorldOptions,
	): WalkControls {
		const { room, pieces } = entranceRoom(exhibit);
		const [widthM, , depthM] = room.sizeM;
		const walker = new WalkControls(camera, this.canvas, {
			widthM,
			depthM,
			obstacles: pieces.map((piece) => ({
				xM: piece.positionM[0],
				zM: piece.positionM[2],
				radiusM: piece.plinth.widthM / 2 + BODY_M,
			})),
			prefersReducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
			onChange: this.stage.invalidate,
			onGrab,
		});
		const { positionM, yawRad } = exhibit.entrance;
		const start = pose ?? { xM: positionM[0], zM: positionM[2], yawRad };
		walker.stand(start.xM, start.zM, start.yawRad);
		return walker;
	}

	async #open(): Promise<void> {
		await this.#configure();
		if (this.#isClosed) return;
		this.#resize.observe(this.#host);
	}

	async #configure(): Promise<void> {
		if (this.#isClosed) return;
		const { clientWidth: width, clientHeight: height } = this.#host;
		await this.root.configure({
			gl: this.stage.renderer,
			scene: this.stage.scene,
			camera: this.stage.camera,
			events,
			frameloop: 'demand',
			dpr: drawnPixelRatio(),
			size: { width, height, top: 0, left: 0 },
			onCreated: (state) => state.events.connect?.(this.canvas),
		});
	}
}

import { PerspectiveCamera, Ray, type Vector2, Vector3 } from 'three';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import { CameraMotion } from './camera/camera-motion.ts';
import { type Framing, framePiece } from './camera/framing.ts';
import { PieceControls } from './camera/piece-controls.ts';
import { poseOf, viewpointOf } from './camera/pose.ts';
import { GalleryLight } from './light/gallery-light.ts';
import { makeHit } from './pick/hit.ts';
import { pickAt, rayFromCamera } from './pick/pick-at.ts';
import type { ContextState } from './stage/context-watch.ts';
import { FrameLoop } from './stage/frame-loop.ts';
import { workedOff } from './stage/link-ahead.ts';
import { Stage } from './stage/stage.ts';
import { makeSubject } from './subject/make-subject.ts';
import type { MeshLadder } from './subject/mesh-ladder.ts';
import type { RefinerState } from './subject/refiner.ts';
import { createPieceTools, type PieceTools } from './tools/piece-tools.ts';

/** What a viewer tells the page. */
export interface PieceViewerState extends RefinerState {
	context: ContextState;
}

export interface PieceViewerOptions {
	manifest: SpatialManifest;
	/** The address the manifest was read from, absolute. */
	manifestUrl: string;
	prefersReducedMotion: boolean;
	onState(state: PieceViewerState): void;
	/** The first frame with the model in it has been drawn; again after a lost context. */
	onFirstPixel(): void;
}

/** Narrow enough that a piece looks as the eye sees it, not as a phone's lens does. */
const FIELD_DEG = 32;
/** A hidden page draws no frame: what waits for one goes on after this. */
const LONGEST_FRAME_MS = 3_000;
const FIELD_RAD = (FIELD_DEG * Math.PI) / 180;

/**
 * One piece on a canvas: a stage with a subject, the gallery's light, and an orbit round it. First pixels come
 * from its coarsest tier in the cheapest light, then it grows finer as the view deserves. Draws only when something
 * changes. Throws `NoWebglError`. `dispose` releases all it made; the canvas stays the page's.
 */
export class PieceViewer {
	/** All a visitor can do to the piece. */
	readonly tools: PieceTools;
	readonly #options: PieceViewerOptions;
	readonly #stage: Stage;
	readonly #camera = new PerspectiveCamera(FIELD_DEG, 1);
	readonly #subject: MeshLadder | undefined;
	readonly #light: GalleryLight;
	readonly #controls: PieceControls;
	readonly #motion: CameraMotion;
	readonly #loop: FrameLoop;
	readonly #resize: ResizeObserver;
	#hasFrame = false;
	#onFirstFrame = (): void => {};

	constructor(canvas: HTMLCanvasElement, options: PieceViewerOptions) {
		this.#options = options;
		this.#stage = new Stage(canvas, {
			camera: this.#camera,
			castsShadows: true,
			onContext: (state) => this.#followContext(state),
			onPixelRatio: () => this.#fit(),
		});
		const { manifest, manifestUrl, prefersReducedMotion } = options;
		const { target, radiusM } = framePiece(manifest.bounds, this.#camera);
		this.#camera.near = radiusM * 0.02;
		this.#camera.far = radiusM * 40;
		const floorY = manifest.bounds.min[1];
		const place = { target, radiusM, floorY, prefersReducedMotion };
		this.#loop = new FrameLoop((nowMs) => this.#draw(nowMs));
		// A frame without the model would only make it wait.
		this.#loop.hold();
		this.#stage.drive(this.#loop.invalidate);
		this.#light = new GalleryLight(this.#stage, place);
		this.#controls = new PieceControls(this.#camera, canvas, prefersReducedMotion, {
			orbitBy: (yawRad, pitchRad) => this.tools.orbitBy(yawRad, pitchRad),
			zoomBy: (factor) => this.tools.zoomBy(factor),
			reset: () => this.tools.reset(),
			focusAt: (at) => void this.#focusAt(at),
			moveLamp: (at) => this.tools.moveLamp(at),
			grab: () => {
				this.#motion.stop();
				this.tools.grab();
			},
			release: () => this.tools.release(),
		});
		const orbit = this.#controls.orbit;
		this.#motion = new CameraMotion(this.#camera, orbit.target, prefersReducedMotion);
		this.tools = this.#makeTools();
		orbit.addEventListener('change', this.#loop.invalidate);
		this.#subject = makeSubject(
			this.#stage,
			{ manifest, manifestUrl },
			{
				castsShadow: true,
				isPicked: true,
				onState: () => this.#tell(),
				onShow: () => this.#followSubject(),
				settle: () => this.#settle(),
			},
		);
		if (this.#subject !== undefined) {
			this.#stage.scene.add(this.#subject.group);
			this.#stage.add(this.#subject);
		}
		this.#resize = new ResizeObserver(() => this.#fit());
		this.#resize.observe(canvas);
	}

	/** Tries again at once what could not be loaded. */
	retry(): void {
		this.#stage.retry();
	}

	dispose(): void {
		this.#resize.disconnect();
		this.#loop.dispose();
		this.tools.dispose();
		this.#controls.dispose();
		this.#light.dispose();
		this.#stage.dispose();
	}

	#tell(): void {
		if (this.#subject === undefined) return;
		this.#options.onState({ ...this.#subject.state, context: this.#stage.context });
	}

	#followSubject(): void {
		if (this.#subject !== undefined) this.#light.reshade(this.#subject.group);
		this.#loop.release();
	}

	#followContext(state: ContextState): void {
		if (state !== 'held') {
			this.#loop.hold();
			this.#hasFrame = false;
			this.#light.lose();
		}
		this.#tell();
	}

	#draw(nowMs: number): boolean {
		const isTravelling = this.#motion.update(nowMs);
		const isGliding = this.#controls.orbit.update();
		const isBrightening = this.#light.update(nowMs, this.#camera);
		this.#stage.renderer.render(this.#stage.scene, this.#camera);
		if (!this.#hasFrame) {
			this.#hasFrame = true;
			void this.#followFirstFrame();
		}
		this.tools.drawn(isTravelling || isGliding);
		if (!isTravelling && !isGliding) this.#look();
		return isTravelling || isGliding || isBrightening;
	}

	/** Everything else waits until the first frame is on the screen, not only on its way. */
	async #followFirstFrame(): Promise<void> {
		await workedOff(this.#stage.renderer);
		this.#onFirstFrame();
		if (this.#stage.context !== 'held') return;
		this.#options.onFirstPixel();
		if (this.#subject !== undefined) await this.#light.complete(this.#subject.group);
	}

	#settle(): Promise<void> {
		if (this.#hasFrame) return Promise.resolve();
		return new Promise((resolve) => {
			this.#onFirstFrame = resolve;
			setTimeout(resolve, LONGEST_FRAME_MS);
		});
	}

	#look(): void {
		this.#camera.updateMatrixWorld();
		this.#stage.look(this.#camera, FIELD_RAD, this.#stage.renderer.domElement.height, 0);
	}

	#fit(): void {
		const { clientWidth, clientHeight } = this.#stage.renderer.domElement;
		if (clientWidth === 0 || clientHeight === 0) return;
		this.tools.follow();
		this.#motion.stop();
		this.#stage.renderer.setSize(clientWidth, clientHeight, false);
		this.#camera.aspect = clientWidth / clientHeight;
		this.#camera.updateProjectionMatrix();
		const framing = this.#framing();
		this.#controls.frame({ ...framing, ...viewpointOf(this.tools.pose, framing) }, true);
		this.#look();
		this.#loop.invalidate();
	}

	async #focusAt(at: Vector2): Promise<void> {
		const subject = this.#subject;
		const ray = rayFromCamera(this.#camera, at, new Ray());
		// Without a network there is nothing to aim at: the next tap tries again.
		const proxy = await subject?.picker.ready().catch(() => undefined);
		if (subject === undefined || proxy === undefined) return;
		const hit = pickAt(subject.group, proxy, ray, makeHit());
		if (hit === undefined) return;
		const away = new Vector3().subVectors(this.#camera.position, hit.pointM).multiplyScalar(0.5);
		const nearer = { target: hit.pointM, position: away.add(hit.pointM) };
		this.tools.goTo(poseOf(nearer, this.#framing()));
	}

	#framing(): Framing {
		return framePiece(this.#options.manifest.bounds, this.#camera);
	}

	#makeTools(): PieceTools {
		const framing = this.#framing();
		return createPieceTools({
			piece: { first: poseOf(framing, framing), radiusM: framing.radiusM },
			view: {
				pose: () => poseOf(this.#motion.destination, this.#framing()),
				nearest: (pose) => poseOf(viewpointOf(pose, this.#framing()), this.#framing()),
				goTo: (pose) => {
					this.#motion.to(viewpointOf(pose, this.#framing()));
					this.#loop.invalidate();
				},
			},
			lamp: {
				setLamp: (lamp) => {
					this.#controls.holdLamp(lamp.isOn);
					this.#light.setLamp(lamp);
				},
			},
		});
	}
}

import {
	PerspectiveCamera,
	Scene,
	type Texture,
	type Vector2,
	Vector3,
	type WebGLRenderer,
} from 'three';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import { CameraMotion } from './camera/camera-motion.ts';
import { framePiece } from './camera/framing.ts';
import { PieceControls } from './camera/piece-controls.ts';
import { ContactShadow } from './light/contact-shadow.ts';
import { makeGalleryFloor } from './light/gallery-floor.ts';
import { makeLightProbe } from './light/light-probe.ts';
import { type LampState, LightRig } from './light/light-rig.ts';
import { surfacePointAt } from './pick/surface-point.ts';
import { ownBudget } from './stage/device-budget.ts';
import { FrameLoop } from './stage/frame-loop.ts';
import { makeGalleryRenderer } from './stage/gallery-renderer.ts';
import { loadTier } from './subject/load-tier.ts';
import { Refiner, type RefinerState } from './subject/refiner.ts';
import { pxPerMetre } from './subject/tier-choice.ts';
import { tierProfile } from './subject/tier-profile.ts';
import { TierStand } from './subject/tier-stand.ts';

export type { LampState } from './light/light-rig.ts';

/** What a viewer tells the page. `isContextLost`: the graphics card went away; it comes back by itself. */
export interface PieceViewerState extends RefinerState {
	isContextLost: boolean;
}

export interface PieceViewerOptions {
	manifest: SpatialManifest;
	/** The address the manifest was read from, absolute. */
	manifestUrl: string;
	prefersReducedMotion: boolean;
	onState(state: PieceViewerState): void;
	/** The first frame with the model in it has been drawn. */
	onFirstPixel(): void;
	/** The lamp was moved by hand. */
	onLamp(lamp: LampState): void;
}

/** One piece on a canvas. `dispose` releases all it made; the canvas stays the page's. */
export interface PieceViewer {
	reset(): void;
	zoomBy(factor: number): void;
	orbitBy(yawRad: number, pitchRad: number): void;
	setLamp(lamp: LampState): void;
	/** Tries again at once what could not be loaded. */
	retry(): void;
	dispose(): void;
}

/** Narrow enough that a piece looks as the eye sees it, not as a phone's lens does. */
const FIELD_DEG = 32;
const LAMP_REACH_RAD = 1.25;

class Viewer implements PieceViewer {
	readonly #options: PieceViewerOptions;
	readonly #renderer: WebGLRenderer;
	readonly #scene = new Scene();
	readonly #camera: PerspectiveCamera;
	readonly #stand = new TierStand({ castsShadow: true });
	readonly #rig: LightRig;
	readonly #shadow: ContactShadow;
	readonly #floor: ReturnType<typeof makeGalleryFloor>;
	readonly #controls: PieceControls;
	readonly #motion: CameraMotion;
	readonly #loop: FrameLoop;
	readonly #refiner: Refiner;
	readonly #resize: ResizeObserver;
	readonly #listeners = new AbortController();
	readonly #budget = ownBudget();
	readonly #diagonalM: number;
	#probe: Texture | undefined;
	#lamp: LampState = { isOn: false, yawRad: 0.5, pitchRad: 0.4 };
	#isTouched = false;
	#hasFrame = false;
	#isContextLost = false;

	constructor(canvas: HTMLCanvasElement, options: PieceViewerOptions) {
		this.#options = options;
		this.#renderer = makeGalleryRenderer(canvas, { castsShadows: true });
		this.#camera = new PerspectiveCamera(FIELD_DEG, 1);
		const { target, radiusM } = framePiece(options.manifest.bounds, this.#camera);
		this.#diagonalM = radiusM * 2;
		this.#camera.near = radiusM * 0.02;
		this.#camera.far = radiusM * 40;
		this.#rig = new LightRig(this.#scene, target, radiusM);
		const floorY = options.manifest.bounds.min[1];
		this.#shadow = new ContactShadow(radiusM * 3.2, [target.x, target.z], floorY);
		this.#floor = makeGalleryFloor(target, floorY, radiusM * 2.6);
		this.#scene.add(this.#rig.group, this.#floor, this.#shadow.mesh, this.#stand.group);
		this.#controls = new PieceControls(this.#camera, canvas, options.prefersReducedMotion, {
			orbitBy: (yawRad, pitchRad) => this.orbitBy(yawRad, pitchRad),
			zoomBy: (factor) => this.zoomBy(factor),
			reset: () => this.reset(),
			focusAt: (at) => this.#focusAt(at),
			moveLamp: (at) => this.#moveLamp(at),
			grab: () => this.#grab(),
		});
		const orbit = this.#controls.orbit;
		this.#motion = new CameraMotion(this.#camera, orbit.target, options.prefersReducedMotion);
		this.#loop = new FrameLoop(
			(nowMs) => this.#draw(nowMs),
			(isVisible) => (isVisible ? this.#refiner.resume() : this.#refiner.pause()),
		);
		orbit.addEventListener('change', this.#loop.invalidate);
		this.#refiner = this.#makeRefiner();
		this.#probe = this.#lightScene();
		this.#watchContext(canvas);
		this.#resize = new ResizeObserver(() => this.#fit());
		this.#resize.observe(canvas);
	}

	reset(): void {
		this.#isTouched = false;
		this.#motion.to(framePiece(this.#options.manifest.bounds, this.#camera));
		this.#loop.invalidate();
	}

	zoomBy(factor: number): void {
		this.#isTouched = true;
		this.#motion.by(0, 0, factor);
		this.#loop.invalidate();
	}

	orbitBy(yawRad: number, pitchRad: number): void {
		this.#isTouched = true;
		this.#motion.by(yawRad, pitchRad, 1);
		this.#loop.invalidate();
	}

	setLamp(lamp: LampState): void {
		this.#lamp = lamp;
		this.#controls.holdLamp(lamp.isOn);
		this.#rig.setLamp(lamp);
		this.#floor.material.uniforms.power = { value: lamp.isOn ? 0.12 : 0.55 };
		this.#loop.invalidate();
	}

	retry(): void {
		this.#refiner.retry();
	}

	dispose(): void {
		this.#listeners.abort();
		this.#resize.disconnect();
		this.#loop.dispose();
		this.#refiner.dispose();
		this.#controls.dispose();
		this.#stand.dispose();
		this.#shadow.dispose();
		this.#floor.geometry.dispose();
		this.#floor.material.dispose();
		this.#rig.dispose();
		this.#probe?.dispose();
		this.#renderer.dispose();
		// Browsers keep few contexts alive; a canvas that is still in the page will be drawn on again.
		if (!this.#renderer.domElement.isConnected) this.#renderer.forceContextLoss();
	}

	#makeRefiner(): Refiner {
		const { manifest, manifestUrl } = this.#options;
		return new Refiner({
			tiers: manifest.tiers,
			load: (file, signal, onProgress) =>
				loadTier(file, { baseUrl: manifestUrl, signal, onProgress }),
			show: async (loaded) => {
				const stage = { renderer: this.#renderer, scene: this.#scene, camera: this.#camera };
				await this.#stand.show(loaded, stage);
				this.#shadow.update(this.#renderer, this.#stand.group);
				this.#rig.refreshShadows();
				this.#loop.invalidate();
			},
			onState: () => this.#tell(),
		});
	}

	#tell(): void {
		this.#options.onState({ ...this.#refiner.state, isContextLost: this.#isContextLost });
	}

	#lightScene(): Texture {
		const probe = makeLightProbe(this.#renderer);
		this.#scene.environment = probe;
		return probe;
	}

	#draw(nowMs: number): boolean {
		const isTravelling = this.#motion.update(nowMs);
		const isGliding = this.#controls.orbit.update();
		this.#rig.placeLamp(this.#lamp, this.#camera);
		this.#renderer.render(this.#scene, this.#camera);
		if (!this.#hasFrame && this.#refiner.state.shown !== undefined) {
			this.#hasFrame = true;
			this.#options.onFirstPixel();
		}
		if (!isTravelling && !isGliding) this.#aim();
		return isTravelling || isGliding;
	}

	#aim(): void {
		const { target } = framePiece(this.#options.manifest.bounds, this.#camera);
		const distanceM = this.#camera.position.distanceTo(target) - this.#diagonalM / 2;
		const heightPx = this.#renderer.domElement.height;
		const pxPerM = pxPerMetre(
			Math.max(distanceM, this.#diagonalM * 0.1),
			(FIELD_DEG * Math.PI) / 180,
			heightPx,
		);
		const asked = tierProfile(this.#options.manifest, this.#budget.profile);
		this.#refiner.aim({ pxPerM, diagonalM: this.#diagonalM, ...asked }, this.#budget);
	}

	#fit(): void {
		const { clientWidth, clientHeight } = this.#renderer.domElement;
		if (clientWidth === 0 || clientHeight === 0) return;
		this.#renderer.setSize(clientWidth, clientHeight, false);
		this.#camera.aspect = clientWidth / clientHeight;
		this.#camera.updateProjectionMatrix();
		const framing = framePiece(this.#options.manifest.bounds, this.#camera);
		this.#controls.frame(framing, !this.#isTouched);
		this.#loop.invalidate();
	}

	#grab(): void {
		this.#isTouched = true;
		this.#motion.stop();
	}

	#focusAt(at: Vector2): void {
		const point = surfacePointAt(this.#renderer, this.#camera, this.#stand.group, at);
		if (point === undefined) return;
		this.#isTouched = true;
		const away = new Vector3().subVectors(this.#camera.position, point).multiplyScalar(0.5);
		this.#motion.to({ target: point, position: away.add(point) });
		this.#loop.invalidate();
	}

	#moveLamp(at: Vector2): void {
		this.#lamp = { isOn: true, yawRad: at.x * LAMP_REACH_RAD, pitchRad: at.y * LAMP_REACH_RAD };
		this.#options.onLamp(this.#lamp);
		this.#loop.invalidate();
	}

	#watchContext(canvas: HTMLCanvasElement): void {
		const { signal } = this.#listeners;
		const lose = (event: Event) => {
			event.preventDefault();
			this.#isContextLost = true;
			this.#loop.hold();
			this.#refiner.pause();
			this.#stand.clear();
			this.#tell();
		};
		const restore = () => {
			this.#isContextLost = false;
			this.#hasFrame = false;
			this.#probe = this.#lightScene();
			this.#rig.refreshShadows();
			this.#refiner.forget();
			this.#refiner.resume();
			this.#loop.release();
		};
		canvas.addEventListener('webglcontextlost', lose, { signal });
		canvas.addEventListener('webglcontextrestored', restore, { signal });
	}
}

/**
 * Shows one piece: first pixels from its coarsest tier, then ever finer as the view deserves. Draws
 * only when something changes. Throws `NoWebglError` where the browser has none.
 */
export function createPieceViewer(
	canvas: HTMLCanvasElement,
	options: PieceViewerOptions,
): PieceViewer {
	return new Viewer(canvas, options);
}

import {
	DirectionalLight,
	Group,
	HemisphereLight,
	type Material,
	type PerspectiveCamera,
	type Scene,
	type Texture,
	Vector3,
} from 'three';
import { materialsOf } from '../stage/dispose-object.ts';
import { Fade } from './fade.ts';
import { fillAt, GALLERY, TORCH } from './light-levels.ts';
import { type LitStage, rehearseLight } from './rehearse-light.ts';

/** The visitor's own lamp 开灯. Angles from where the camera looks: yaw to the right, pitch upward. */
export interface LampState {
	isOn: boolean;
	yawRad: number;
	pitchRad: number;
}

export interface LightRigOptions {
	/** Light that comes later comes at once. */
	prefersReducedMotion?: boolean;
}

/** What may come after the first pixel. */
export interface LaterLight {
	/** From `loadLightProbe`; it stays the caller's to dispose. */
	probe?: Texture | undefined;
	castsShadows?: boolean;
}

const FADE_MS = 600;
const KEY_COLOR = '#ffe3bd';
const RIM_COLOR = '#c8d8ee';
const LAMP_COLOR = '#fff1d6';
/** From the piece towards the key, before scaling: high, left, in front. */
const KEY_FROM = new Vector3(-0.75, 1.25, 0.95).normalize();
const RIM_FROM = new Vector3(1, 0.7, -0.8).normalize();

/**
 * The light of a dark gallery on one piece: a warm key, a cool rim and a soft fill, which cost next to
 * nothing and are there from the first frame; then, when they are admitted, the probe that glaze and
 * bronze mirror, and shadows drawn only when asked. Or nearly none of it and a lamp in the visitor's hand.
 */
export class LightRig {
	readonly group = new Group();
	readonly #key = new DirectionalLight(KEY_COLOR);
	readonly #rim = new DirectionalLight(RIM_COLOR);
	readonly #lamp = new DirectionalLight(LAMP_COLOR);
	readonly #fill = new HemisphereLight();
	readonly #scene: Scene;
	readonly #centre: Vector3;
	readonly #radiusM: number;
	readonly #probeFade: Fade;
	readonly #shadowFade: Fade;
	#isLampOn = false;
	#hasShadows = false;
	#rehearsed: Material[] = [];
	/** Ends what is being admitted, with `withdraw`. */
	#admitting = new AbortController();
	#admitted = Promise.resolve();

	constructor(scene: Scene, centre: Vector3, radiusM: number, options: LightRigOptions = {}) {
		this.#scene = scene;
		this.#centre = centre;
		this.#radiusM = radiusM;
		const fadeMs = options.prefersReducedMotion === true ? 0 : FADE_MS;
		this.#probeFade = new Fade(fadeMs);
		this.#shadowFade = new Fade(fadeMs);
		for (const light of [this.#key, this.#rim, this.#lamp]) {
			light.target.position.copy(centre);
			this.group.add(light, light.target);
		}
		this.group.add(this.#fill);
		this.#key.position
			.copy(KEY_FROM)
			.multiplyScalar(radiusM * 4)
			.add(centre);
		this.#rim.position
			.copy(RIM_FROM)
			.multiplyScalar(radiusM * 4)
			.add(centre);
		this.#aimShadow(this.#key);
		this.#aimShadow(this.#lamp);
		this.#light();
	}

	/** How much of the shadows has come, 0 to 1. */
	get shadowShare(): number {
		return this.#shadowFade.share;
	}

	/**
	 * Lets the probe or the shadows in: links what the scene's pieces need for them while frames go on,
	 * then changes the light; `update` fades it in. Resolves when the change stands, so that the caller
	 * asks for a frame; does nothing more once `withdraw` or `dispose` was called. One after another.
	 */
	admit(later: LaterLight, stage: Omit<LitStage, 'scene'>): Promise<void> {
		const { signal } = this.#admitting;
		this.#admitted = this.#admitted.then(() => this.#admit(later, stage, signal));
		return this.#admitted;
	}

	/**
	 * Back to the lights of the first frame: the graphics card lost everything. To be called while the
	 * context is lost; the probe is the caller's to dispose then, and to load again afterwards.
	 */
	withdraw(): void {
		this.#admitting.abort();
		this.#admitting = new AbortController();
		this.#probeFade.reset();
		this.#shadowFade.reset();
		this.#hasShadows = false;
		this.#scene.environment = null;
		for (const { shadow } of [this.#key, this.#lamp]) {
			shadow.dispose();
			shadow.map = null;
		}
		this.#forgetRehearsal();
		this.#light();
	}

	/** To be called before each frame is drawn; says whether light is still coming and wants another. */
	update(nowMs: number): boolean {
		const hadShadow = this.#shadowFade.share > 0;
		const fades = [this.#probeFade, this.#shadowFade];
		if (fades.every((fade) => !fade.isUnderWay)) this.#forgetRehearsal();
		const isComing = fades.filter((fade) => fade.advance(nowMs)).length > 0;
		this.#soften();
		// The first shadow map is drawn a frame after the lights have changed: its program depends on them.
		if (!hadShadow) this.refreshShadows();
		return isComing;
	}

	/** Asks for fresh shadows with the next frame: the piece or a light moved. */
	refreshShadows(): void {
		if (this.#shadowFade.share === 0) return;
		for (const light of [this.#key, this.#lamp]) light.shadow.needsUpdate = light.castShadow;
	}

	setLamp(lamp: LampState): void {
		this.#isLampOn = lamp.isOn;
		this.#light();
		this.refreshShadows();
	}

	/** Holds the lamp where it is in the visitor's hand while the camera goes round the piece. */
	placeLamp(lamp: LampState, camera: PerspectiveCamera): void {
		if (!lamp.isOn) return;
		const offset = new Vector3(
			Math.sin(lamp.yawRad) * Math.cos(lamp.pitchRad),
			Math.sin(lamp.pitchRad),
			Math.cos(lamp.yawRad) * Math.cos(lamp.pitchRad),
		).multiplyScalar(this.#radiusM * 4);
		this.#lamp.position.copy(offset.applyQuaternion(camera.quaternion)).add(this.#centre);
		this.refreshShadows();
	}

	dispose(): void {
		this.withdraw();
		this.group.removeFromParent();
		for (const light of [this.#key, this.#rim, this.#lamp]) light.dispose();
	}

	async #admit(
		later: LaterLight,
		stage: Omit<LitStage, 'scene'>,
		signal: AbortSignal,
	): Promise<void> {
		const probe = later.probe ?? this.#scene.environment;
		const hasShadows = this.#hasShadows || later.castsShadows === true;
		const rehearsed = await this.#rehearse(stage, signal, () => this.#tryOn(probe, hasShadows));
		if (signal.aborted) {
			for (const material of rehearsed) material.dispose();
			return;
		}
		this.#rehearsed.push(...rehearsed);
		if (probe !== null) {
			stage.renderer.initTexture(probe);
			this.#probeFade.start();
		}
		if (hasShadows) this.#shadowFade.start();
		this.#scene.environment = probe;
		this.#hasShadows = hasShadows;
		this.#light();
	}

	async #rehearse(
		stage: Omit<LitStage, 'scene'>,
		signal: AbortSignal,
		tryOn: () => () => void,
	): Promise<Material[]> {
		const rehearsed: Material[] = [];
		let known = new Set<Material>();
		let present = materialsOf(this.#scene);
		// A better tier may take its place meanwhile, with programs of its own.
		while (!signal.aborted && [...present].some((each) => !known.has(each))) {
			known = present;
			rehearsed.push(...(await rehearseLight({ ...stage, scene: this.#scene }, tryOn)));
			present = materialsOf(this.#scene);
		}
		return rehearsed;
	}

	#tryOn(probe: Texture | null, hasShadows: boolean): () => void {
		const before = { probe: this.#scene.environment, hasShadows: this.#hasShadows };
		const wear = (light: typeof before) => {
			this.#scene.environment = light.probe;
			this.#hasShadows = light.hasShadows;
			this.#light();
		};
		wear({ probe, hasShadows });
		return () => wear(before);
	}

	#light(): void {
		const levels = this.#isLampOn ? TORCH : GALLERY;
		this.#key.castShadow = this.#hasShadows && !this.#isLampOn;
		this.#lamp.castShadow = this.#hasShadows && this.#isLampOn;
		this.#lamp.visible = this.#isLampOn;
		this.#key.intensity = levels.key;
		this.#rim.intensity = levels.rim;
		this.#lamp.intensity = levels.lamp;
		this.#soften();
	}

	#soften(): void {
		const levels = this.#isLampOn ? TORCH : GALLERY;
		const probeShare = this.#probeFade.share;
		const { sky, ground } = fillAt(levels, probeShare);
		this.#fill.color.setRGB(...sky);
		this.#fill.groundColor.setRGB(...ground);
		this.#scene.environmentIntensity = levels.probe * probeShare;
		for (const light of [this.#key, this.#lamp]) light.shadow.intensity = this.#shadowFade.share;
	}

	#forgetRehearsal(): void {
		for (const material of this.#rehearsed) material.dispose();
		this.#rehearsed = [];
	}

	#aimShadow(light: DirectionalLight): void {
		const reachM = this.#radiusM * 1.15;
		const { shadow } = light;
		shadow.autoUpdate = false;
		shadow.mapSize.set(1024, 1024);
		shadow.camera.left = -reachM;
		shadow.camera.right = reachM;
		shadow.camera.top = reachM;
		shadow.camera.bottom = -reachM;
		shadow.camera.near = this.#radiusM * 2.5;
		shadow.camera.far = this.#radiusM * 5.8;
		shadow.normalBias = this.#radiusM * 0.008;
		shadow.bias = -0.0006;
		shadow.radius = 3;
	}
}

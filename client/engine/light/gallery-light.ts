import type {
	Camera,
	Group,
	PerspectiveCamera,
	Scene,
	Texture,
	Vector3,
	WebGLRenderer,
} from 'three';
import { linkAhead } from '../stage/link-ahead.ts';
import { ContactShadow } from './contact-shadow.ts';
import { Fade } from './fade.ts';
import { makeGalleryFloor } from './gallery-floor.ts';
import { loadLightProbe } from './light-probe.ts';
import { type LampState, LightRig } from './light-rig.ts';

/** Where the light falls. */
export interface GalleryStage {
	readonly renderer: WebGLRenderer;
	readonly scene: Scene;
	readonly camera: Camera;
	invalidate(): void;
}

export interface GalleryLightOptions {
	/** The middle of the piece and half its diagonal, metres, and the height it stands at. */
	target: Vector3;
	radiusM: number;
	floorY: number;
	prefersReducedMotion: boolean;
}

const FADE_MS = 600;
/** How bright the pool on the floor is: in the gallery's light, and while the visitor's lamp is on. */
const POOL = 0.55;
const POOL_UNDER_LAMP = 0.12;

/**
 * The light of the gallery round one piece. Lights that cost next to nothing are there from the first frame;
 * `complete` brings the rest after it: the pool on the floor, the contact shadow, the probe and shadows, each
 * made ready between frames and faded in.
 */
export class GalleryLight {
	readonly #stage: GalleryStage;
	readonly #rig: LightRig;
	readonly #makeShadow: () => ContactShadow;
	#shadow: ContactShadow;
	readonly #floor: ReturnType<typeof makeGalleryFloor>;
	readonly #floorFade: Fade;
	#lamp: LampState = { isOn: false, yawRad: 0.5, pitchRad: 0.4 };
	#probe: Texture | undefined;
	/** Ends what is being made ready, with `lose` and `dispose`. */
	#coming = new AbortController();

	constructor(stage: GalleryStage, options: GalleryLightOptions) {
		const { target, radiusM, floorY, prefersReducedMotion } = options;
		this.#stage = stage;
		this.#rig = new LightRig(stage.scene, target, radiusM, { prefersReducedMotion });
		this.#makeShadow = () => new ContactShadow(radiusM * 3.2, [target.x, target.z], floorY);
		this.#shadow = this.#makeShadow();
		this.#floor = makeGalleryFloor(target, floorY, radiusM * 2.6);
		this.#floorFade = new Fade(prefersReducedMotion ? 0 : FADE_MS);
		stage.scene.add(this.#rig.group);
	}

	get lamp(): LampState {
		return this.#lamp;
	}

	setLamp(lamp: LampState): void {
		this.#lamp = lamp;
		this.#rig.setLamp(lamp);
		this.#stage.invalidate();
	}

	/** Brings what the first pixel did not wait for, for a piece that is seen now. */
	async complete(piece: Group): Promise<void> {
		const { renderer, scene, camera } = this.#stage;
		const { signal } = this.#coming;
		const [probe] = await Promise.all([
			loadLightProbe(signal),
			this.#shadow.prepare(this.#stage, piece),
			linkAhead(this.#floor, this.#stage),
		]);
		if (signal.aborted) {
			probe?.dispose();
			return;
		}
		this.#probe = probe;
		scene.add(this.#floor, this.#shadow.mesh);
		this.#floorFade.start();
		this.#shadow.update(renderer, piece);
		this.#stage.invalidate();
		await this.#rig.admit({ probe, castsShadows: true }, { renderer, camera });
		this.#stage.invalidate();
	}

	/** The piece has another shape from now on: its shadows are drawn anew, where there are any yet. */
	reshade(piece: Group): void {
		if (this.#shadow.mesh.parent === null) return;
		this.#shadow.update(this.#stage.renderer, piece);
		this.#rig.refreshShadows();
	}

	/** To be called before each frame is drawn; says whether light is still coming and wants another. */
	update(nowMs: number, camera: PerspectiveCamera): boolean {
		this.#rig.placeLamp(this.#lamp, camera);
		const isComing = this.#rig.update(nowMs);
		const isPoolComing = this.#floorFade.advance(nowMs);
		const power = this.#lamp.isOn ? POOL_UNDER_LAMP : POOL;
		const { uniforms } = this.#floor.material;
		if (uniforms.power !== undefined) uniforms.power.value = power * this.#floorFade.share;
		this.#shadow.fade(this.#floorFade.share);
		return isComing || isPoolComing;
	}

	/** The graphics card lost everything: back to the lights of the first frame, until `complete`. */
	lose(): void {
		this.#coming.abort();
		this.#coming = new AbortController();
		this.#floor.removeFromParent();
		this.#floor.geometry.dispose();
		this.#floor.material.dispose();
		this.#shadow.dispose();
		this.#shadow = this.#makeShadow();
		this.#floorFade.reset();
		this.#rig.withdraw();
		this.#probe?.dispose();
		this.#probe = undefined;
	}

	dispose(): void {
		this.lose();
		this.#coming.abort();
		this.#shadow.dispose();
		this.#rig.dispose();
	}
}

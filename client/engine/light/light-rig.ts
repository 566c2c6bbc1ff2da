import {
	DirectionalLight,
	Group,
	HemisphereLight,
	type PerspectiveCamera,
	type Scene,
	Vector3,
} from 'three';

/** The visitor's own lamp 开灯. Angles from where the camera looks: yaw to the right, pitch upward. */
export interface LampState {
	isOn: boolean;
	yawRad: number;
	pitchRad: number;
}

const KEY_COLOR = '#ffe3bd';
const RIM_COLOR = '#c8d8ee';
const LAMP_COLOR = '#fff1d6';
/** From the piece towards the key, before scaling: high, left, in front. */
const KEY_FROM = new Vector3(-0.75, 1.25, 0.95).normalize();
const RIM_FROM = new Vector3(1, 0.7, -0.8).normalize();

interface Levels {
	key: number;
	rim: number;
	fill: number;
	probe: number;
	lamp: number;
}

const GALLERY: Levels = { key: 1.75, rim: 0.75, fill: 0.2, probe: 0.52, lamp: 0 };
const TORCH: Levels = { key: 0.06, rim: 0.06, fill: 0.05, probe: 0.09, lamp: 2.6 };

/**
 * The light of a dark gallery on one piece: a warm key with a shadow drawn only when asked, a cool
 * rim, a soft fill and the scene's probe; or nearly none of it and a lamp in the visitor's hand.
 */
export class LightRig {
	readonly group = new Group();
	readonly #key = new DirectionalLight(KEY_COLOR);
	readonly #rim = new DirectionalLight(RIM_COLOR);
	readonly #lamp = new DirectionalLight(LAMP_COLOR);
	readonly #fill = new HemisphereLight('#e8dcc8', '#2a2119');
	readonly #scene: Scene;
	readonly #centre: Vector3;
	readonly #radiusM: number;
	#levels = GALLERY;

	constructor(scene: Scene, centre: Vector3, radiusM: number) {
		this.#scene = scene;
		this.#centre = centre;
		this.#radiusM = radiusM;
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
		this.#castShadow(this.#key);
		this.#castShadow(this.#lamp);
		this.setLamp({ isOn: false, yawRad: 0, pitchRad: 0 });
	}

	/** Asks for fresh shadows with the next frame: the piece or a light moved. */
	refreshShadows(): void {
		for (const light of [this.#key, this.#lamp]) light.shadow.needsUpdate = light.castShadow;
	}

	setLamp(lamp: LampState): void {
		this.#levels = lamp.isOn ? TORCH : GALLERY;
		this.#key.castShadow = !lamp.isOn;
		this.#lamp.castShadow = lamp.isOn;
		this.#lamp.visible = lamp.isOn;
		this.#key.intensity = this.#levels.key;
		this.#rim.intensity = this.#levels.rim;
		this.#fill.intensity = this.#levels.fill;
		this.#lamp.intensity = this.#levels.lamp;
		this.#scene.environmentIntensity = this.#levels.probe;
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
		this.group.removeFromParent();
		for (const light of [this.#key, this.#rim, this.#lamp]) light.dispose();
	}

	#castShadow(light: DirectionalLight): void {
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

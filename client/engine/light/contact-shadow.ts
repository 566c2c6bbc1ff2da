import {
	CustomBlending,
	DoubleSide,
	type Group,
	HalfFloatType,
	Mesh,
	type Object3D,
	OneFactor,
	OneMinusSrcAlphaFactor,
	OrthographicCamera,
	PlaneGeometry,
	Scene,
	ShaderMaterial,
	type WebGLRenderer,
	WebGLRenderTarget,
} from 'three';
import { linkAhead, standIns } from '../stage/link-ahead.ts';
import type { LitStage } from './rehearse-light.ts';

const SIZE_PX = 256;
const STRENGTH = 0.85;
/** Blur radii as shares of the map, wide then fine: soft at the rim, firm where it touches. */
const BLURS = [0.012, 0.03, 0.006];

const QUAD_VERTEX = 'varying vec2 vUv; void main(){vUv=uv;gl_Position=vec4(position.xy,0.,1.);}';

const BLUR_FRAGMENT = `
uniform sampler2D map; uniform vec2 reach; varying vec2 vUv;
void main(){
	float sum=0., weight=0.;
	for(int i=-6;i<=6;i++){
		float t=float(i)/6., w=exp(-2.5*t*t);
		sum+=texture2D(map,vUv+reach*t).r*w; weight+=w;
	}
	gl_FragColor=vec4(sum/weight,0.,0.,1.);
}`;

/** Darkness falls with the height above the floor: what touches is darkest. */
const HEIGHT_VERTEX = `
varying float vHeight;
void main(){vec4 w=modelMatrix*vec4(position,1.);vHeight=w.y;gl_Position=projectionMatrix*viewMatrix*w;}`;
const HEIGHT_FRAGMENT = `
uniform float floorY, reachM; varying float vHeight;
void main(){float h=clamp((vHeight-floorY)/reachM,0.,1.);float d=1.-h;gl_FragColor=vec4(d*d,0.,0.,1.);}`;

const FLOOR_VERTEX =
	'varying vec2 vUv; void main(){vUv=uv;gl_Position=projectionMatrix*modelViewMatrix*vec4(position,1.);}';
/** The map was seen from below, so its v runs the other way. */
const FLOOR_FRAGMENT = `
uniform sampler2D map; uniform float strength; varying vec2 vUv;
void main(){
	float edge=1.-smoothstep(.35,.5,length(vUv-.5));
	gl_FragColor=vec4(vec3(0.),texture2D(map,vec2(vUv.x,1.-vUv.y)).r*strength*edge);
}`;

/**
 * The soft dark a thing makes where it stands: its underside seen from below into a small map,
 * blurred, laid on the floor. Costs seven small passes, and only when `update` is called; until then it
 * is not seen. `prepare` spares the first of them the wait for its programs.
 */
export class ContactShadow {
	/** The floor patch; the caller adds it to the scene. */
	readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
	readonly #targets: [WebGLRenderTarget, WebGLRenderTarget];
	readonly #camera = new OrthographicCamera(-0.5, 0.5, 0.5, -0.5, 0, 1);
	readonly #height = new ShaderMaterial({
		vertexShader: HEIGHT_VERTEX,
		fragmentShader: HEIGHT_FRAGMENT,
		uniforms: { floorY: { value: 0 }, reachM: { value: 1 } },
		side: DoubleSide,
	});
	readonly #blur = new ShaderMaterial({
		vertexShader: QUAD_VERTEX,
		fragmentShader: BLUR_FRAGMENT,
		uniforms: { map: { value: null }, reach: { value: [0, 0] } },
		depthTest: false,
	});
	readonly #quad = new Mesh(new PlaneGeometry(2, 2), this.#blur);
	readonly #quadScene = new Scene();

	/** `widthM`: side of the square patch, centred under the piece; `floorY`: its height. */
	constructor(widthM: number, centre: readonly [number, number], floorY: number) {
		const target = () =>
			new WebGLRenderTarget(SIZE_PX, SIZE_PX, { type: HalfFloatType, depthBuffer: true });
		this.#targets = [target(), target()];
		this.#quad.frustumCulled = false;
		this.#quadScene.add(this.#quad);
		const material = new ShaderMaterial({
			vertexShader: FLOOR_VERTEX,
			fragmentShader: FLOOR_FRAGMENT,
			uniforms: { map: { value: this.#targets[0].texture }, strength: { value: STRENGTH } },
			transparent: true,
			depthWrite: false,
			blending: CustomBlending,
			blendSrc: OneFactor,
			blendDst: OneMinusSrcAlphaFactor,
		});
		this.mesh = new Mesh(new PlaneGeometry(widthM, widthM), material);
		this.mesh.rotation.x = -Math.PI / 2;
		this.mesh.position.set(centre[0], floorY, centre[1]);
		this.mesh.renderOrder = 1;
		this.mesh.visible = false;
		this.#aim(widthM, floorY);
	}

	#aim(widthM: number, floorY: number): void {
		const half = widthM / 2;
		const reachM = widthM * 0.22;
		this.#camera.left = -half;
		this.#camera.right = half;
		this.#camera.top = half;
		this.#camera.bottom = -half;
		this.#camera.near = 0;
		this.#camera.far = reachM * 1.05;
		this.#camera.position.set(this.mesh.position.x, floorY - reachM * 0.02, this.mesh.position.z);
		this.#camera.rotation.x = Math.PI / 2;
		this.#camera.updateProjectionMatrix();
		this.#height.uniforms.floorY = { value: floorY };
		this.#height.uniforms.reachM = { value: reachM };
	}

	/** Links its programs while frames go on, for `update` with this piece on this stage. */
	async prepare(stage: LitStage, piece: Group): Promise<void> {
		const { renderer } = stage;
		const undersides = standIns(piece, () => this.#height);
		const [target] = this.#targets;
		await Promise.all([
			linkAhead(undersides, { renderer, camera: this.#camera, target }),
			linkAhead(this.#quadScene, { renderer, camera: this.#camera, target }),
			linkAhead(this.mesh, stage),
		]);
	}

	/** Shows this share of its darkness, 0 to 1: all of it when never told. */
	fade(share: number): void {
		const { strength } = this.mesh.material.uniforms;
		if (strength !== undefined) strength.value = STRENGTH * share;
	}

	/** Draws the shadow of `piece` anew. Its materials are borrowed and put back. */
	update(renderer: WebGLRenderer, piece: Group): void {
		const scene = new Scene();
		const parent: Object3D | null = piece.parent;
		scene.overrideMaterial = this.#height;
		scene.add(piece);
		const before = renderer.getRenderTarget();
		const [map, spare] = this.#targets;
		renderer.setRenderTarget(map);
		renderer.setClearColor(0x000000, 1);
		renderer.clear();
		renderer.render(scene, this.#camera);
		for (const reach of BLURS) {
			this.#pass(renderer, map, spare, [reach, 0]);
			this.#pass(renderer, spare, map, [0, reach]);
		}
		renderer.setRenderTarget(before);
		renderer.setClearColor(0x000000, 0);
		parent?.add(piece);
		this.mesh.visible = true;
	}

	#pass(
		renderer: WebGLRenderer,
		from: WebGLRenderTarget,
		to: WebGLRenderTarget,
		reach: [number, number],
	): void {
		this.#blur.uniforms.map = { value: from.texture };
		this.#blur.uniforms.reach = { value: reach };
		renderer.setRenderTarget(to);
		renderer.render(this.#quadScene, this.#camera);
	}

	dispose(): void {
		this.mesh.removeFromParent();
		this.mesh.geometry.dispose();
		this.mesh.material.dispose();
		this.#quad.geometry.dispose();
		this.#blur.dispose();
		this.#height.dispose();
		for (const target of this.#targets) target.dispose();
	}
}

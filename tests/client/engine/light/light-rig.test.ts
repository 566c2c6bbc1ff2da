import {
	DirectionalLight,
	type Group,
	Mesh,
	MeshStandardMaterial,
	PerspectiveCamera,
	Scene,
	SphereGeometry,
	Texture,
	Vector3,
	type WebGLRenderer,
} from 'three';
import { expect, it } from 'vitest';
import { LightRig } from '../../../../client/engine/light/light-rig.ts';

const camera = new PerspectiveCamera();

/** As much of a renderer as linking asks for: it notes the light each program is linked for. */
function aRenderer() {
	const linked: { hasProbe: boolean; shadows: number; isOnStage: boolean }[] = [];
	const waiting: (() => void)[] = [];
	const fake = {
		info: { programs: [] },
		extensions: { has: () => true },
		getContext: () => ({ isContextLost: () => false }),
		getRenderTarget: () => null,
		setRenderTarget: () => undefined,
		initTexture: () => undefined,
		compileAsync: (root: Group, _: unknown, scene: Scene) => {
			const shadows = shadowsIn(scene).length;
			const isOnStage = root.children.some((child) => scene.getObjectById(child.id) !== undefined);
			if (root.children.length > 0) {
				linked.push({ hasProbe: scene.environment !== null, shadows, isOnStage });
			}
			return new Promise<void>((resolve) => waiting.push(resolve));
		},
	};
	const finish = async () => {
		for (const resolve of waiting.splice(0)) resolve();
		await new Promise((resolve) => setTimeout(resolve, 0));
	};
	return { renderer: fake as unknown as WebGLRenderer, linked, finish };
}

function shadowsIn(scene: Scene): DirectionalLight[] {
	const lights: DirectionalLight[] = [];
	scene.traverseVisible((node) => {
		if (node instanceof DirectionalLight && node.castShadow) lights.push(node);
	});
	return lights;
}

function aStage(prefersReducedMotion = false) {
	const scene = new Scene();
	const rig = new LightRig(scene, new Vector3(), 1, { prefersReducedMotion });
	const piece = new Mesh(new SphereGeometry(), new MeshStandardMaterial());
	piece.castShadow = true;
	scene.add(rig.group, piece);
	return { scene, rig, piece, ...aRenderer() };
}

it('starts with lights that need no pass of their own', () => {
	const { scene, rig } = aStage();
	expect(scene.environment).toBeNull();
	expect(shadowsIn(scene)).toEqual([]);
	expect(rig.update(1000)).toBe(false);
});

it('lights as before while it links what is coming, for doubles of the pieces', async () => {
	const { scene, rig, renderer, linked, finish } = aStage();
	const probe = new Texture();
	const admitted = rig.admit({ probe, castsShadows: true }, { renderer, camera });
	await Promise.resolve();
	expect(linked).toEqual([
		{ hasProbe: true, shadows: 1, isOnStage: false },
		{ hasProbe: true, shadows: 1, isOnStage: false },
	]);
	expect(scene.environment).toBeNull();
	expect(shadowsIn(scene)).toEqual([]);
	await finish();
	await admitted;
	expect(scene.environment).toBe(probe);
	expect(scene.environmentIntensity).toBe(0);
	expect(shadowsIn(scene)).toHaveLength(1);
});

it('draws the first shadow a frame after the lights have changed, then fades all in', async () => {
	const { scene, rig, renderer, finish } = aStage();
	const admitted = rig.admit({ probe: new Texture(), castsShadows: true }, { renderer, camera });
	await Promise.resolve();
	await finish();
	await admitted;
	const [key] = shadowsIn(scene);
	expect([rig.update(1000), key?.shadow.needsUpdate]).toEqual([true, false]);
	expect([rig.update(1300), key?.shadow.needsUpdate]).toEqual([true, true]);
	expect(key?.shadow.intensity).toBeCloseTo(0.5);
	expect(scene.environmentIntensity).toBeCloseTo(0.26);
	expect(rig.update(1600)).toBe(false);
	expect(key?.shadow.intensity).toBe(1);
	expect(scene.environmentIntensity).toBeCloseTo(0.52);
});

it('gives the shadows to the lamp in the visitor\u2019s hand, and back', async () => {
	const { scene, rig, renderer, finish } = aStage(true);
	const admitted = rig.admit({ castsShadows: true }, { renderer, camera });
	await Promise.resolve();
	await finish();
	await admitted;
	const [key] = shadowsIn(scene);
	rig.setLamp({ isOn: true, yawRad: 0, pitchRad: 0 });
	expect(shadowsIn(scene)).toHaveLength(1);
	expect(shadowsIn(scene)[0]).not.toBe(key);
	rig.setLamp({ isOn: false, yawRad: 0, pitchRad: 0 });
	expect(shadowsIn(scene)).toEqual([key]);
});

it('links again when a better tier has come meanwhile', async () => {
	const { scene, rig, piece, renderer, linked, finish } = aStage();
	const admitted = rig.admit({ castsShadows: true }, { renderer, camera });
	await Promise.resolve();
	piece.removeFromParent();
	scene.add(new Mesh(new SphereGeometry(), new MeshStandardMaterial()));
	const before = linked.length;
	await finish();
	expect(linked.length).toBeGreaterThan(before);
	expect(shadowsIn(scene)).toEqual([]);
	await finish();
	await admitted;
	expect(shadowsIn(scene)).toHaveLength(1);
});

it('lets nothing in once it was withdrawn, and starts over', async () => {
	const { scene, rig, renderer, finish } = aStage();
	const admitted = rig.admit({ probe: new Texture(), castsShadows: true }, { renderer, camera });
	await Promise.resolve();
	rig.withdraw();
	await finish();
	await admitted;
	expect(scene.environment).toBeNull();
	expect(shadowsIn(scene)).toEqual([]);
	const again = rig.admit({ castsShadows: true }, { renderer, camera });
	await Promise.resolve();
	await finish();
	await again;
	expect(shadowsIn(scene)).toHaveLength(1);
});

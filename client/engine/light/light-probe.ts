import {
	BackSide,
	BoxGeometry,
	Color,
	Mesh,
	MeshBasicMaterial,
	PMREMGenerator,
	Scene,
	type Texture,
	type WebGLRenderer,
} from 'three';
import { disposeObject } from '../stage/dispose-object.ts';

/** A luminous panel of the probe room: where, how large (metres), which colour, how many times white. */
interface Panel {
	at: [number, number, number];
	size: [number, number, number];
	color: string;
	power: number;
}

/** A dark hall with the openings of an exhibition: what glaze and bronze mirror. */
const PANELS: readonly Panel[] = [
	{ at: [0, 0, 0], size: [12, 7, 12], color: '#4a4034', power: 0.16 },
	{ at: [1.6, 3.3, 1.4], size: [3.4, 0.1, 2.2], color: '#ffe6c2', power: 11 },
	{ at: [-5.6, 0.9, 1.2], size: [0.1, 3.6, 1.5], color: '#bcd0e6', power: 4.2 },
	{ at: [5.6, 0.6, -1.8], size: [0.1, 2.4, 0.7], color: '#ffd9a8', power: 3.4 },
	{ at: [-1.4, 1.2, -5.6], size: [2.6, 0.5, 0.1], color: '#fff0dc', power: 2.4 },
	{ at: [0, -3.3, 0], size: [9, 0.1, 9], color: '#6b4f33', power: 0.35 },
];

function buildProbeScene(): Scene {
	const scene = new Scene();
	for (const [index, panel] of PANELS.entries()) {
		const color = new Color(panel.color).multiplyScalar(panel.power);
		const material = new MeshBasicMaterial({ color, toneMapped: false });
		if (index === 0) material.side = BackSide;
		const mesh = new Mesh(new BoxGeometry(...panel.size), material);
		mesh.position.set(...panel.at);
		scene.add(mesh);
	}
	return scene;
}

/**
 * Prefilters a small lit room into an environment for reflections: no file is fetched. The caller
 * disposes the texture, and makes a new one after a lost context.
 */
export function makeLightProbe(renderer: WebGLRenderer): Texture {
	const scene = buildProbeScene();
	const generator = new PMREMGenerator(renderer);
	const target = generator.fromScene(scene, 0.02, 0.1, 30, { size: 128 });
	generator.dispose();
	disposeObject(scene);
	return target.texture;
}

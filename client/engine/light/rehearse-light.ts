import {
	BackSide,
	type Camera,
	DoubleSide,
	FrontSide,
	type Group,
	type Material,
	type Mesh,
	MeshDepthMaterial,
	MeshStandardMaterial,
	type Scene,
	type WebGLRenderer,
	WebGLRenderTarget,
} from 'three';
import { linkAhead, standIns } from '../stage/link-ahead.ts';

/** Where light falls. */
export interface LitStage {
	renderer: WebGLRenderer;
	scene: Scene;
	camera: Camera;
}

/** The sides three draws into a shadow map for the sides that are seen. */
const SHADOW_SIDE = { [FrontSide]: BackSide, [BackSide]: FrontSide, [DoubleSide]: DoubleSide };

const isLit = (material: Material) => material instanceof MeshStandardMaterial;

/** A material with the same program. */
function doubleOf(material: Material): Material {
	const double = material.clone();
	double.onBeforeCompile = material.onBeforeCompile;
	double.customProgramCacheKey = material.customProgramCacheKey;
	return double;
}

/** The material with which three will draw this one into a shadow map. */
function shadowDouble(material: Material): Material {
	const depth = new MeshDepthMaterial({ side: SHADOW_SIDE[material.shadowSide ?? material.side] });
	if (!(material instanceof MeshStandardMaterial)) return depth;
	depth.map = material.map;
	depth.alphaMap = material.alphaMap;
	depth.alphaTest = material.alphaToCoverage ? 0.5 : material.alphaTest;
	depth.displacementMap = material.displacementMap;
	return depth;
}

function doubles(
	scene: Scene,
	isMeant: (mesh: Mesh) => boolean,
	double: (material: Material) => Material,
): { group: Group; materials: Material[] } {
	const materials: Material[] = [];
	const make = (material: Material): Material => {
		const made = double(material);
		materials.push(made);
		return made;
	};
	const group = standIns(scene, (mesh) => {
		if (!isMeant(mesh)) return undefined;
		return Array.isArray(mesh.material) ? mesh.material.map(make) : make(mesh.material);
	});
	return { group, materials };
}

/**
 * Links the programs that the scene's pieces and their shadows need under another light, while frames
 * go on under the one they have. `tryOn` changes the scene's light and gives back what undoes it; both
 * happen within this call, before it first waits. Returns materials that keep those programs alive: the
 * caller disposes them once the light has changed and a frame was drawn.
 */
export async function rehearseLight(stage: LitStage, tryOn: () => () => void): Promise<Material[]> {
	const { scene } = stage;
	const pieces = doubles(scene, ({ material }) => [material].flat().some(isLit), doubleOf);
	const casters = doubles(scene, ({ castShadow }) => castShadow, shadowDouble);
	const target = new WebGLRenderTarget(1, 1);
	const takeOff = tryOn();
	const linking = [linkAhead(pieces.group, stage), linkAhead(casters.group, { ...stage, target })];
	takeOff();
	await Promise.all(linking);
	target.dispose();
	return [...pieces.materials, ...casters.materials];
}

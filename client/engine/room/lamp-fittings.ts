import {
	type BufferGeometry,
	Color,
	CylinderGeometry,
	Mesh,
	MeshBasicMaterial,
	Quaternion,
	Vector3,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import type { BakedLamp } from './light-bake.ts';

const CAN_M = { radius: 0.045, length: 0.13 };
const UP = new Vector3(0, 1, 0);
const BODY = new Color('#0b0a08');
/** Brighter than white, so that it glows through tone mapping. */
const GLOW = new Color('#ffe2b0').multiplyScalar(2.6);

function paint(geometry: BufferGeometry, color: Color): BufferGeometry {
	const colors = geometry.getAttribute('normal').clone();
	for (let index = 0; index < colors.count; index++) {
		colors.setXYZ(index, color.r, color.g, color.b);
	}
	geometry.setAttribute('color', colors);
	return geometry;
}

/** One spotlight's can with its glowing mouth, aimed like the lamp. */
function fitting(lamp: BakedLamp): BufferGeometry[] {
	const at = new Vector3(...lamp.positionM);
	const away = at
		.clone()
		.sub(new Vector3(...lamp.targetM))
		.normalize();
	const turn = new Quaternion().setFromUnitVectors(UP, away);
	const can = new CylinderGeometry(CAN_M.radius * 0.8, CAN_M.radius, CAN_M.length, 14, 1, true);
	const mouth = new CylinderGeometry(CAN_M.radius * 0.86, CAN_M.radius * 0.86, 0.004, 14);
	paint(can, BODY).translate(0, CAN_M.length / 2, 0);
	paint(mouth, GLOW).translate(0, 0.006, 0);
	return [can, mouth].map((part) => part.applyQuaternion(turn).translate(at.x, at.y, at.z));
}

/** The visible lamps of a light plan, one draw: where the light on the floor comes from. */
export function buildFittings(
	lamps: readonly BakedLamp[],
): Mesh<BufferGeometry, MeshBasicMaterial> | undefined {
	if (lamps.length === 0) return undefined;
	return new Mesh(
		mergeGeometries(lamps.flatMap(fitting)),
		new MeshBasicMaterial({ vertexColors: true }),
	);
}

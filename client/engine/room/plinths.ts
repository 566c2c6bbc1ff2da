import {
	type BufferGeometry,
	CylinderGeometry,
	DataTexture,
	LinearFilter,
	Matrix4,
	Mesh,
	MeshBasicMaterial,
	PlaneGeometry,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import type { Piece } from '#schema/exhibit/piece';
import type { LightPlan } from './light-bake.ts';
import { lightVertices, litBox } from './room-shell.ts';

/** A shadow gap at the foot, so that a plinth stands and does not grow. */
const FOOT_M = 0.05;
const FOOT_INSET = 0.9;

function roundPlinth(piece: Piece, color: string, plan: LightPlan): BufferGeometry[] {
	const [x, y, z] = piece.positionM;
	const { heightM, widthM } = piece.plinth;
	const drum = (radiusM: number, fromM: number, toM: number) => {
		const geometry = new CylinderGeometry(radiusM, radiusM, toM - fromM, 48, 6);
		geometry.applyMatrix4(new Matrix4().makeTranslation(x, y + (fromM + toM) / 2, z));
		return lightVertices(geometry, color, plan);
	};
	return [drum((widthM / 2) * FOOT_INSET, 0, FOOT_M), drum(widthM / 2, FOOT_M, heightM)];
}

function boxPlinth(piece: Piece, color: string, plan: LightPlan): BufferGeometry[] {
	const [x, y, z] = piece.positionM;
	const { heightM, widthM } = piece.plinth;
	const foot = widthM * FOOT_INSET;
	const body = heightM - FOOT_M;
	return [
		litBox([foot, FOOT_M, foot], [x, y + FOOT_M / 2, z], piece.yawRad, color, plan, 2),
		litBox([widthM, body, widthM], [x, y + FOOT_M + body / 2, z], piece.yawRad, color, plan, 8),
	];
}

/** All plinths of a room as one mesh with their light baked in, or undefined where there are none. */
export function buildPlinths(
	pieces: readonly Piece[],
	color: string,
	plan: LightPlan,
): Mesh<BufferGeometry, MeshBasicMaterial> | undefined {
	const parts = pieces.flatMap((piece) => {
		if (piece.plinth.shape === 'none' || piece.plinth.heightM <= FOOT_M) return [];
		return piece.plinth.shape === 'round'
			? roundPlinth(piece, color, plan)
			: boxPlinth(piece, color, plan);
	});
	if (parts.length === 0) return undefined;
	const material = new MeshBasicMaterial({ vertexColors: true, dithering: true });
	return new Mesh(mergeGeometries(parts), material);
}

/** Where a piece touches what it stands on, and how wide it is there. Metres. */
export interface Footprint {
	xM: number;
	yM: number;
	zM: number;
	yawRad: number;
	widthM: number;
	depthM: number;
}

const SHADE_PX = 64;

function shadeTexture(): DataTexture {
	const data = new Uint8Array(SHADE_PX * SHADE_PX * 4);
	for (let row = 0; row < SHADE_PX; row++) {
		for (let column = 0; column < SHADE_PX; column++) {
			const radius = Math.hypot(column / (SHADE_PX - 1) - 0.5, row / (SHADE_PX - 1) - 0.5) * 2;
			const dark = Math.max(0, 1 - radius) ** 1.5;
			data.set([0, 0, 0, Math.round(dark * 235)], (row * SHADE_PX + column) * 4);
		}
	}
	const texture = new DataTexture(data, SHADE_PX, SHADE_PX);
	texture.magFilter = LinearFilter;
	texture.needsUpdate = true;
	return texture;
}

/** Soft contact shadows under all pieces, one draw: baked look, no shadow map in the headset. */
export function buildContactShades(
	footprints: readonly Footprint[],
): Mesh<BufferGeometry, MeshBasicMaterial> | undefined {
	if (footprints.length === 0) return undefined;
	const parts = footprints.map((print) => {
		const geometry = new PlaneGeometry(print.widthM * 1.45, print.depthM * 1.45);
		geometry.applyMatrix4(new Matrix4().makeRotationX(-Math.PI / 2));
		const place = new Matrix4().makeRotationY(print.yawRad);
		return geometry.applyMatrix4(place.setPosition(print.xM, print.yM + 0.003, print.zM));
	});
	const material = new MeshBasicMaterial({
		map: shadeTexture(),
		transparent: true,
		depthWrite: false,
		polygonOffset: true,
		polygonOffsetFactor: -1,
	});
	return new Mesh(mergeGeometries(parts), material);
}

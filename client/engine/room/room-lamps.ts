import { Color } from 'three';
import type { FurnishedRoom } from '#schema/exhibit/entrance-room';
import type { Vector3Tuple } from '#schema/value/geometry';
import type { BakedLamp, LightPlan } from './light-bake.ts';
import type { RoomLook } from './room-look.ts';

const WASH_EVERY_M = 2.1;
const WASH_OFF_WALL_M = 0.85;
const WASH_AIM_M = 1.55;
const MAX_LAMP_HEIGHT_M = 3.4;

const scaled = (color: readonly [number, number, number], power: number): Vector3Tuple => [
	color[0] * power,
	color[1] * power,
	color[2] * power,
];

/** A lamp over every piece where the exhibit gives none: a little in front, so that faces are lit. */
function pieceLamps(furnished: FurnishedRoom, look: RoomLook): BakedLamp[] {
	const heightM = Math.min(furnished.room.sizeM[1] - 0.15, MAX_LAMP_HEIGHT_M);
	return furnished.pieces.map((piece) => {
		const [x, y, z] = piece.positionM;
		const forward = 0.55;
		return {
			positionM: [
				x + Math.sin(piece.yawRad) * forward,
				heightM,
				z + Math.cos(piece.yawRad) * forward,
			],
			targetM: [x, y, z],
			halfAngleRad: 0.62,
			power: scaled(look.lamp.color, look.lamp.power),
		};
	});
}

/** A framing spot lights its piece; its spill, wider and softer, is what the room receives. */
const LEAST_SPILL_RAD = 0.5;
const SPILL = 1.6;

function givenLamps(furnished: FurnishedRoom, look: RoomLook): BakedLamp[] {
	return furnished.lights.flatMap((light) => {
		if (light.kind !== 'spot') return [];
		const color = new Color(light.color);
		return [
			{
				positionM: light.positionM,
				targetM: light.targetM,
				halfAngleRad: Math.max(LEAST_SPILL_RAD, light.angleRad * SPILL),
				power: scaled([color.r, color.g, color.b], light.intensity * look.lamp.power * 0.8),
			},
		];
	});
}

/** Washers along the walls: what makes a dark room feel like a room. */
function washLamps(furnished: FurnishedRoom, look: RoomLook): BakedLamp[] {
	const [width, height, depth] = furnished.room.sizeM;
	const heightM = Math.min(height - 0.1, MAX_LAMP_HEIGHT_M);
	const power = scaled(look.lamp.color, look.lamp.wash);
	const lamps: BakedLamp[] = [];
	const row = (lengthM: number, place: (along: number) => [Vector3Tuple, Vector3Tuple]) => {
		const count = Math.max(1, Math.round(lengthM / WASH_EVERY_M));
		for (let index = 0; index < count; index++) {
			const along = (index + 0.5) * (lengthM / count) - lengthM / 2;
			const [positionM, targetM] = place(along);
			lamps.push({ positionM, targetM, halfAngleRad: 0.72, power });
		}
	};
	for (const side of [-1, 1]) {
		const wallX = (side * width) / 2;
		const wallZ = (side * depth) / 2;
		row(width, (x) => [
			[x, heightM, wallZ - side * WASH_OFF_WALL_M],
			[x, WASH_AIM_M, wallZ],
		]);
		row(depth, (z) => [
			[wallX - side * WASH_OFF_WALL_M, heightM, z],
			[wallX, WASH_AIM_M, z],
		]);
	}
	return lamps;
}

/** The light plan of a room: its own spots, or one over each piece, and washers along the walls. */
export function planLight(furnished: FurnishedRoom, look: RoomLook): LightPlan {
	const given = givenLamps(furnished, look);
	const overPieces = given.length > 0 ? given : pieceLamps(furnished, look);
	return {
		sizeM: furnished.room.sizeM,
		ambient: look.ambient,
		lamps: [...overPieces, ...washLamps(furnished, look)],
		blocks: furnished.pieces
			.filter((piece) => piece.plinth.shape !== 'none')
			.map((piece) => ({
				xM: piece.positionM[0],
				zM: piece.positionM[2],
				halfWidthM: piece.plinth.widthM / 2,
			})),
		hasCeiling: look.ceiling !== undefined,
	};
}

import type { Vector3Tuple } from '#schema/value/geometry';

/** A lamp as the bake knows it: a soft cone. Metres; `halfAngleRad` is where its light ends. */
export interface BakedLamp {
	positionM: Vector3Tuple;
	targetM: Vector3Tuple;
	halfAngleRad: number;
	/** Linear colour times strength, as received one reference distance away. */
	power: Vector3Tuple;
}

/** A thing on the floor that keeps light from the floor around it. */
export interface FloorBlock {
	xM: number;
	zM: number;
	halfWidthM: number;
}

/** What a room's light is made of. `sizeM`: width, height, depth, centred on the origin, floor at 0. */
export interface LightPlan {
	sizeM: Vector3Tuple;
	ambient: readonly [number, number, number];
	lamps: readonly BakedLamp[];
	blocks: readonly FloorBlock[];
	/** False under the open sky, where no ceiling darkens the upper edge of the walls. */
	hasCeiling: boolean;
}

/** Lamps are rated for a surface this far away, metres. */
const REFERENCE_M = 2.2;
const CORNER_REACH_M = 0.7;
const CORNER_DARKNESS = 0.5;
const CONTACT_REACH_M = 0.2;
const CONTACT_DARKNESS = 0.7;

const smoothstep = (from: number, to: number, value: number): number => {
	const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
	return share * share * (3 - 2 * share);
};

const dot = (a: Vector3Tuple, b: Vector3Tuple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function towards(from: Vector3Tuple, to: Vector3Tuple): { way: Vector3Tuple; lengthM: number } {
	const way: Vector3Tuple = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
	const lengthM = Math.max(Math.hypot(...way), 1e-6);
	return { way: [way[0] / lengthM, way[1] / lengthM, way[2] / lengthM], lengthM };
}

/** Share of a lamp's power that reaches a point whose surface faces `normal`. */
export function lampShare(lamp: BakedLamp, point: Vector3Tuple, normal: Vector3Tuple): number {
	const beam = towards(lamp.positionM, lamp.targetM);
	const ray = towards(lamp.positionM, point);
	const facing = -dot(ray.way, normal);
	if (facing <= 0) return 0;
	const cone = smoothstep(
		Math.cos(lamp.halfAngleRad),
		Math.cos(lamp.halfAngleRad * 0.35),
		dot(beam.way, ray.way),
	);
	const distance = REFERENCE_M / Math.max(ray.lengthM, 0.35);
	return cone * facing * distance * distance;
}

/** How open a point is to the light from everywhere: corners and the foot of walls are darker. */
function openness(plan: LightPlan, point: Vector3Tuple, normal: Vector3Tuple): number {
	const [width, height, depth] = plan.sizeM;
	const edges: [distanceM: number, facing: number][] = [
		[width / 2 - Math.abs(point[0]), normal[0]],
		[depth / 2 - Math.abs(point[2]), normal[2]],
		[point[1], normal[1]],
	];
	if (plan.hasCeiling) edges.push([height - point[1], normal[1]]);
	return edges.reduce((open, [distanceM, facing]) => {
		if (Math.abs(facing) > 0.5) return open;
		return open * (1 - CORNER_DARKNESS * Math.exp(-Math.max(0, distanceM) / CORNER_REACH_M));
	}, 1);
}

/** Darkness a block makes on the floor around its foot. */
function contact(plan: LightPlan, point: Vector3Tuple, normal: Vector3Tuple): number {
	if (normal[1] < 0.5 || point[1] > 0.01) return 1;
	return plan.blocks.reduce((light, block) => {
		const outX = Math.max(0, Math.abs(point[0] - block.xM) - block.halfWidthM);
		const outZ = Math.max(0, Math.abs(point[2] - block.zM) - block.halfWidthM);
		const distanceM = Math.hypot(outX, outZ);
		return light * (1 - CONTACT_DARKNESS * Math.exp(-distanceM / CONTACT_REACH_M));
	}, 1);
}

/** Light that falls on a point of the room's surfaces, linear RGB factors of their colour. Cost grows with lamps and blocks. */
export function irradianceAt(
	plan: LightPlan,
	point: Vector3Tuple,
	normal: Vector3Tuple,
): [number, number, number] {
	const open = openness(plan, point, normal);
	const sum: [number, number, number] = [
		plan.ambient[0] * open,
		plan.ambient[1] * open,
		plan.ambient[2] * open,
	];
	for (const lamp of plan.lamps) {
		const share = lampShare(lamp, point, normal);
		for (const channel of [0, 1, 2] as const) sum[channel] += lamp.power[channel] * share;
	}
	const near = contact(plan, point, normal);
	return [sum[0] * near, sum[1] * near, sum[2] * near];
}

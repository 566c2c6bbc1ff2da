import {
	BoxGeometry,
	BufferAttribute,
	type BufferGeometry,
	Color,
	DataTexture,
	DataUtils,
	Group,
	HalfFloatType,
	LinearFilter,
	Matrix4,
	Mesh,
	MeshBasicMaterial,
	PlaneGeometry,
	RGBAFormat,
	type Texture,
	Vector3,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import type { Vector3Tuple } from '#schema/value/geometry';
import { irradianceAt, type LightPlan } from './light-bake.ts';
import type { RoomLook } from './room-look.ts';
import { paintSurface } from './surface-texture.ts';

/** Light maps are soft: one texel covers about this much. */
const TEXEL_M = 0.11;
const MAX_TEXELS = 160;

/** A rectangle of the room: made facing +Z, then carried to its place. */
interface Wall {
	widthM: number;
	heightM: number;
	place: Matrix4;
	tileM: number;
}

const texels = (lengthM: number): number =>
	Math.min(MAX_TEXELS, Math.max(8, Math.round(lengthM / TEXEL_M)));

/** Where a rectangle's light lies in the map it shares with others: its rows, from below. */
interface LightSlot {
	wall: Wall;
	columns: number;
	rows: number;
	firstRow: number;
}

function slotsOf(walls: readonly Wall[]): LightSlot[] {
	let firstRow = 0;
	return walls.map((wall) => {
		const slot = { wall, columns: texels(wall.widthM), rows: texels(wall.heightM), firstRow };
		firstRow += slot.rows;
		return slot;
	});
}

/** Bakes the light on one rectangle into its rows of a half-float map `stride` texels wide. */
function bakeSlot(slot: LightSlot, plan: LightPlan, data: Uint16Array, stride: number): void {
	const { wall, columns, rows, firstRow } = slot;
	const normal = new Vector3(0, 0, 1).transformDirection(wall.place).toArray();
	const point = new Vector3();
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const x = ((column + 0.5) / columns - 0.5) * wall.widthM;
			const y = ((row + 0.5) / rows - 0.5) * wall.heightM;
			const at = point.set(x, y, 0).applyMatrix4(wall.place).toArray();
			const texel = ((firstRow + row) * stride + column) * 4;
			for (const [channel, value] of [...irradianceAt(plan, at, normal), 1].entries()) {
				data[texel + channel] = DataUtils.toHalfFloat(value);
			}
		}
	}
}

/** Light of several rectangles in one half-float map: no bands in the dark, one texture to bind. */
function bakeLight(slots: readonly LightSlot[], plan: LightPlan): DataTexture {
	const columns = Math.max(...slots.map((slot) => slot.columns));
	const rows = slots.reduce((sum, slot) => sum + slot.rows, 0);
	const data = new Uint16Array(columns * rows * 4);
	for (const slot of slots) bakeSlot(slot, plan, data, columns);
	const map = new DataTexture(data, columns, rows, RGBAFormat, HalfFloatType);
	map.magFilter = LinearFilter;
	map.minFilter = LinearFilter;
	map.channel = 1;
	map.needsUpdate = true;
	return map;
}

/** A rectangle in its place: `uv` repeats the tile, `uv1` finds its light, half a texel off the rim. */
function wallGeometry(slot: LightSlot, columns: number, rows: number): BufferGeometry {
	const { wall } = slot;
	const geometry = new PlaneGeometry(wall.widthM, wall.heightM);
	const uv = geometry.getAttribute('uv');
	const light = uv.clone();
	for (let index = 0; index < uv.count; index++) {
		const [u, v] = [uv.getX(index), uv.getY(index)];
		light.setXY(
			index,
			(0.5 + u * (slot.columns - 1)) / columns,
			(slot.firstRow + 0.5 + v * (slot.rows - 1)) / rows,
		);
		uv.setXY(index, (u * wall.widthM) / wall.tileM, (v * wall.heightM) / wall.tileM);
	}
	geometry.setAttribute('uv1', light);
	return geometry.applyMatrix4(wall.place);
}

/** Rectangles of one surface as one mesh: one draw. */
function buildWalls(
	walls: readonly Wall[],
	plan: LightPlan,
	map: Texture,
): Mesh<BufferGeometry, MeshBasicMaterial> {
	const slots = slotsOf(walls);
	const lightMap = bakeLight(slots, plan);
	const { width: columns, height: rows } = lightMap.image;
	const geometry = mergeGeometries(slots.map((slot) => wallGeometry(slot, columns, rows)));
	// A basic material divides its light map by π; the map holds factors of the surface's colour.
	const material = new MeshBasicMaterial({
		map,
		lightMap,
		lightMapIntensity: Math.PI,
		dithering: true,
	});
	return new Mesh(geometry, material);
}

function wallsOf(plan: LightPlan, look: RoomLook): Wall[] {
	const [width, height, depth] = plan.sizeM;
	const upright = (widthM: number, yawRad: number, x: number, z: number): Wall => ({
		widthM,
		heightM: height,
		place: new Matrix4().makeRotationY(yawRad).setPosition(x, height / 2, z),
		...look.wall,
	});
	return [
		upright(width, 0, 0, -depth / 2),
		upright(width, Math.PI, 0, depth / 2),
		upright(depth, Math.PI / 2, -width / 2, 0),
		upright(depth, -Math.PI / 2, width / 2, 0),
	];
}

/** A box with its light baked into its corners; `segments` along each side keep gradients smooth. */
export function litBox(
	sizeM: Vector3Tuple,
	centreM: Vector3Tuple,
	yawRad: number,
	color: string,
	plan: LightPlan,
	segments: number,
): BufferGeometry {
	const geometry = new BoxGeometry(...sizeM, segments, segments, segments);
	geometry.applyMatrix4(new Matrix4().makeRotationY(yawRad).setPosition(...centreM));
	return lightVertices(geometry, color, plan);
}

/** Gives every vertex the colour it has in the plan's light, as a vertex colour. Mutates and returns `geometry`. */
export function lightVertices(
	geometry: BufferGeometry,
	color: string,
	plan: LightPlan,
): BufferGeometry {
	const position = geometry.getAttribute('position');
	const normal = geometry.getAttribute('normal');
	const base = new Color(color);
	const colors = new Float32Array(position.count * 3);
	const [point, facing] = [new Vector3(), new Vector3()];
	for (let index = 0; index < position.count; index++) {
		point.fromBufferAttribute(position, index);
		facing.fromBufferAttribute(normal, index);
		const light = irradianceAt(plan, point.toArray(), facing.toArray());
		colors.set([base.r * light[0], base.g * light[1], base.b * light[2]], index * 3);
	}
	geometry.setAttribute('color', new BufferAttribute(colors, 3));
	geometry.deleteAttribute('uv');
	return geometry;
}

/** Beams across the ceiling, the board under it, and a skirting along the walls: one mesh. */
function trimGeometry(plan: LightPlan, look: RoomLook): BufferGeometry {
	const [width, height, depth] = plan.sizeM;
	const parts: BufferGeometry[] = [];
	const skirt = (sizeM: Vector3Tuple, centreM: Vector3Tuple) =>
		parts.push(litBox(sizeM, centreM, 0, '#2c261e', plan, 12));
	for (const side of [-1, 1]) {
		skirt([width, 0.12, 0.03], [0, 0.06, (side * (depth - 0.03)) / 2]);
		skirt([0.03, 0.12, depth], [(side * (width - 0.03)) / 2, 0.06, 0]);
	}
	if (look.ceiling === undefined) return mergeGeometries(parts);
	parts.push(litBox([width, 0.02, depth], [0, height, 0], 0, look.ceiling.color, plan, 8));
	const beams = Math.max(2, Math.round(depth / 1.8));
	for (let index = 0; index < beams; index++) {
		const z = (index + 0.5) * (depth / beams) - depth / 2;
		parts.push(litBox([width, 0.26, 0.2], [0, height - 0.13, z], 0, look.ceiling.beams, plan, 8));
	}
	return mergeGeometries(parts);
}

/** A room's shell: `floor` apart from the rest, because it is walked on. */
export interface RoomShell {
	floor: Mesh<BufferGeometry, MeshBasicMaterial>;
	group: Group;
}

/** Builds floor, walls, ceiling and trim with their light baked in: three draws. `disposeObject` releases both parts. */
export function buildShell(plan: LightPlan, look: RoomLook): RoomShell {
	const [width, , depth] = plan.sizeM;
	const ground: Wall = {
		widthM: width,
		heightM: depth,
		place: new Matrix4().makeRotationX(-Math.PI / 2),
		...look.floor,
	};
	const group = new Group();
	group.add(buildWalls(wallsOf(plan, look), plan, paintSurface(look.wall.pattern)));
	group.add(
		new Mesh(
			trimGeometry(plan, look),
			new MeshBasicMaterial({ vertexColors: true, dithering: true }),
		),
	);
	return { floor: buildWalls([ground], plan, paintSurface(look.floor.pattern)), group };
}

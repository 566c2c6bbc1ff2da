import type { Vec3 } from './camera.ts';
import { type LightMap, lit } from './light-map.ts';
import { BOUNCE, KEY_LIGHTS, roomRadiance, SOFT_BOXES } from './studio.ts';
import type { SurfacePoint } from './surface.ts';

/** How rough a mirror may be before its picture of a soft box is wider than the box. */
const LOBE_SPREAD = 0.55;

/** Shadows found at one place serve its neighbours within this many steps of a shadow map. */
const SHARED_STEPS = 0.5;

/** Where light comes from at one point; reused from pixel to pixel. */
interface Arrival {
	diffuse: [number, number, number];
	/** Share of the key, and of the dome, that reaches the point. */
	key: number;
	dome: number;
}

/**
 * Lights points of a piece in the studio: diffuse from every light with its shadow, reflections of
 * soft boxes and room, a coat of glaze where there is one. Linear in, linear out.
 * Source: the metallic-roughness model of glTF 2.0 appendix B; Karis 2014 for the split-sum fit.
 */
export class Shader {
	readonly #maps: LightMap[];
	readonly #arrival: Arrival = { diffuse: [0, 0, 0], key: 0, dome: 0 };
	readonly #room: [number, number, number] = [0, 0, 0];
	/** Which share of each light reaches the place where shadows were last looked up. */
	readonly #reach: Float64Array;
	readonly #sharedM: number;
	#at: Vec3 = [Number.NaN, 0, 0];

	constructor(maps: LightMap[]) {
		this.#maps = maps;
		this.#reach = new Float64Array(maps.length);
		this.#sharedM = Math.max(...maps.map((map) => SHARED_STEPS / map.pxPerM), 0);
	}

	/** The light that leaves `point` towards the eye; `ray` runs from the eye to the point. */
	shade(point: SurfacePoint, ray: Vec3, out: Float64Array): void {
		const facing = point.nx * ray[0] + point.ny * ray[1] + point.nz * ray[2];
		if (facing > 0) {
			// The inside of an open surface: it is seen, so it is lit from this side.
			point.nx = -point.nx;
			point.ny = -point.ny;
			point.nz = -point.nz;
		}
		const cosView = Math.max(Math.abs(facing), 1e-3);
		const arrival = this.#arrive(point);
		const coat = point.clearcoat * (0.04 + 0.96 * (1 - cosView) ** 5);
		const specular = this.#reflection(point, ray, cosView, point.roughness, arrival);
		const [boxR, boxG, boxB] = specular;
		const base = [point.red, point.green, point.blue];
		const mirrored = [boxR, boxG, boxB];
		const [scale, bias] = environmentFit(point.roughness, cosView);
		for (let k = 0; k < 3; k += 1) {
			const colour = base[k] ?? 0;
			const f0 = 0.04 + (colour - 0.04) * point.metallic;
			const diffuse = colour * (1 - point.metallic) * (arrival.diffuse[k] ?? 0) * point.occlusion;
			const light = diffuse + (mirrored[k] ?? 0) * (f0 * scale + bias);
			out[k] = light * (1 - coat) + (point.emissive[k] ?? 0);
		}
		if (point.clearcoat > 0) {
			const glaze = this.#reflection(point, ray, cosView, point.clearcoatRoughness, arrival);
			for (let k = 0; k < 3; k += 1) out[k] = (out[k] ?? 0) + (glaze[k] ?? 0) * coat;
		}
	}

	/** Irradiance over π at a point of the floor, and the share of the dome it sees. */
	floor(x: number, y: number, z: number): { key: number; dome: number } {
		const { key, dome } = this.#arriveAt(x, y, z, 0, 1, 0);
		return { key, dome };
	}

	#arrive(point: SurfacePoint): Arrival {
		return this.#arriveAt(point.x, point.y, point.z, point.nx, point.ny, point.nz);
	}

	#arriveAt(x: number, y: number, z: number, nx: number, ny: number, nz: number): Arrival {
		this.#lookUp(x, y, z, nx, ny, nz);
		const arrival = this.#arrival;
		let red = 0;
		let green = 0;
		let blue = 0;
		let key = 0;
		let dome = 0;
		let domeTotal = 0;
		for (let i = 0; i < this.#maps.length; i += 1) {
			const light = this.#maps[i]?.light;
			if (light === undefined) continue;
			const { direction, colour } = light;
			const cos = nx * direction[0] + ny * direction[1] + nz * direction[2];
			if (cos <= 0) continue;
			const reach = this.#reach[i] ?? 0;
			if (i >= KEY_LIGHTS) domeTotal += cos;
			red += colour[0] * cos * reach;
			green += colour[1] * cos * reach;
			blue += colour[2] * cos * reach;
			if (i < KEY_LIGHTS) key += reach / KEY_LIGHTS;
			else dome += cos * reach;
		}
		arrival.key = key;
		arrival.dome = domeTotal > 0 ? dome / domeTotal : 0.5;
		const below = (0.5 - 0.5 * ny) * (0.35 + 0.65 * arrival.dome);
		arrival.diffuse[0] = red + BOUNCE[0] * below;
		arrival.diffuse[1] = green + BOUNCE[1] * below;
		arrival.diffuse[2] = blue + BOUNCE[2] * below;
		return arrival;
	}

	/** Finds the shadows at a point, unless they were just found next to it. */
	#lookUp(x: number, y: number, z: number, nx: number, ny: number, nz: number): void {
		const [ax, ay, az] = this.#at;
		const isNear = Math.hypot(x - ax, y - ay, z - az) < this.#sharedM;
		if (isNear) return;
		this.#at = [x, y, z];
		for (let i = 0; i < this.#maps.length; i += 1) {
			const map = this.#maps[i];
			if (map === undefined) continue;
			const { direction } = map.light;
			const cos = nx * direction[0] + ny * direction[1] + nz * direction[2];
			const push = map.biasM * (1 - Math.abs(cos));
			this.#reach[i] = lit(map, x + nx * push, y + ny * push, z + nz * push);
		}
	}

	/** What a mirror of this roughness shows: room and soft boxes, dimmed where shadows lie. */
	#reflection(
		point: SurfacePoint,
		ray: Vec3,
		cosView: number,
		roughness: number,
		arrival: Arrival,
	): [number, number, number] {
		const rx = ray[0] + 2 * cosView * point.nx;
		const ry = ray[1] + 2 * cosView * point.ny;
		const rz = ray[2] + 2 * cosView * point.nz;
		const room = this.#room;
		roomRadiance(ry * (1 - roughness * 0.5), room);
		const open = arrival.dome * point.occlusion;
		const out: [number, number, number] = [room[0] * open, room[1] * open, room[2] * open];
		const spread = roughness * roughness * LOBE_SPREAD;
		for (const box of SOFT_BOXES) {
			const cos = rx * box.direction[0] + ry * box.direction[1] + rz * box.direction[2];
			const outer = box.cosOuter - spread * (1 + box.cosOuter);
			if (cos <= outer) continue;
			const inner = Math.min(box.cosInner + spread * 0.2, 1);
			const step = Math.min((cos - outer) / (inner - outer), 1);
			// The same light over a wider lobe is weaker.
			const width = (1 - box.cosOuter) / (1 - outer);
			const share = step * step * (3 - 2 * step) * width * (box.isKey ? arrival.key : open);
			for (let k = 0; k < 3; k += 1) out[k] = (out[k] ?? 0) + (box.radiance[k] ?? 0) * share;
		}
		return out;
	}
}

/** Scale and bias of the normal-incidence reflectance for a roughness and viewing angle. */
function environmentFit(roughness: number, cosView: number): readonly [number, number] {
	const r0 = 1 - roughness;
	const r1 = 0.0425 - 0.0275 * roughness;
	const r2 = 1.04 - 0.572 * roughness;
	const r3 = 0.022 * roughness - 0.04;
	const a004 = Math.min(r0 * r0, 2 ** (-9.28 * cosView)) * r0 + r1;
	return [-1.04 * a004 + r2, 1.04 * a004 + r3];
}

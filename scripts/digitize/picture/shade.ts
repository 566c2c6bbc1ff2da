import type { Vec3 } from './camera.ts';
import type { DomeReach } from './dome-reach.ts';
import { type LightMap, LightTable, ROW } from './light-map.ts';
import { BOUNCE, roomRadiance, type SoftBox } from './studio.ts';
import type { SurfacePoint } from './surface.ts';

/** How rough a mirror may be before its picture of a soft box is wider than the box. */
const LOBE_SPREAD = 0.55;

/** Shadows found at one place serve its neighbours within this many steps of the coarsest map. */
const SHARED_STEPS = 0.5;

/** Where light comes from at one point; reused from pixel to pixel. */
interface Arrival {
	diffuse: [number, number, number];
	/** Share of the key, and of the dome, that reaches the point. */
	key: number;
	dome: number;
}

/** The lights of one view. */
export interface Lighting {
	spots: LightMap[];
	dome: LightMap[];
	reach: DomeReach;
	boxes: SoftBox[];
	sharedM: number;
}

/**
 * Lights points of a piece in the studio: diffuse from every light with its shadow, reflections of
 * soft boxes and room, a coat of glaze where there is one. Linear in, linear out.
 * Source: the metallic-roughness model of glTF 2.0 appendix B; Karis 2014 for the split-sum fit.
 */
export class Shader {
	readonly #table: LightTable;
	readonly #lights: number;
	readonly #spots: number;
	readonly #dome: DomeReach;
	readonly #boxes: SoftBox[];
	readonly #arrival: Arrival = { diffuse: [0, 0, 0], key: 0, dome: 0 };
	readonly #room: [number, number, number] = [0, 0, 0];
	/** Which share of each light reaches the place where shadows were last looked up. */
	readonly #reach: Float64Array;
	readonly #sharedM2: number;
	readonly #keyMaps: number;
	#at: Vec3 = [Number.NaN, 0, 0];

	/**
	 * `spots`: the key first. Shadows found at one place serve what lies within `sharedM` metres of it,
	 * at least half a step of a shadow map.
	 */
	constructor({ spots, dome, reach, boxes, sharedM }: Lighting) {
		const maps = [...spots, ...dome];
		this.#table = new LightTable(maps);
		this.#spots = spots.length;
		this.#dome = reach;
		this.#lights = maps.length;
		this.#boxes = boxes;
		this.#keyMaps = maps.filter((map) => map.light.isKey).length;
		this.#reach = new Float64Array(maps.length);
		const stepsM = maps.map((map) => SHARED_STEPS / map.pxPerM);
		this.#sharedM2 = Math.max(...stepsM, sharedM) ** 2;
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
		this.#findShadows(point);
		const arrival = this.#arrive(point.nx, point.ny, point.nz);
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

	/** What arrives on a surface with this normal where shadows were just looked up. */
	#arrive(nx: number, ny: number, nz: number): Arrival {
		const arrival = this.#arrival;
		let red = 0;
		let green = 0;
		let blue = 0;
		let key = 0;
		let dome = 0;
		let domeTotal = 0;
		const { rows } = this.#table;
		for (let i = 0; i < this.#lights; i += 1) {
			const row = i * ROW;
			const cos =
				nx * (rows[row + 8] ?? 0) + ny * (rows[row + 9] ?? 0) + nz * (rows[row + 10] ?? 0);
			if (cos <= 0) continue;
			const reach = this.#reach[i] ?? 0;
			const arriving = cos * reach;
			red += (rows[row + 13] ?? 0) * arriving;
			green += (rows[row + 14] ?? 0) * arriving;
			blue += (rows[row + 15] ?? 0) * arriving;
			if (i < this.#keyMaps) key += reach / this.#keyMaps;
			else {
				domeTotal += cos;
				dome += arriving;
			}
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
	#findShadows({ x, y, z, nx, ny, nz, dome: { places, shares } }: SurfacePoint): void {
		const [ax, ay, az] = this.#at;
		if ((x - ax) ** 2 + (y - ay) ** 2 + (z - az) ** 2 < this.#sharedM2) return;
		this.#at = [x, y, z];
		const { rows } = this.#table;
		for (let i = 0; i < this.#spots; i += 1) {
			const row = i * ROW;
			const cos =
				nx * (rows[row + 8] ?? 0) + ny * (rows[row + 9] ?? 0) + nz * (rows[row + 10] ?? 0);
			const push = (rows[row + 12] ?? 0) * (1 - Math.abs(cos));
			this.#reach[i] = this.#table.lit(i, x + nx * push, y + ny * push, z + nz * push);
		}
		const { lights, places: known } = this.#dome;
		const [wa, wb, wc] = [shares[0] / 255, shares[1] / 255, shares[2] / 255];
		const [a, b, c] = [places[0] * lights, places[1] * lights, places[2] * lights];
		for (let light = 0; light < lights; light += 1) {
			this.#reach[this.#spots + light] =
				wa * (known[a + light] ?? 0) + wb * (known[b + light] ?? 0) + wc * (known[c + light] ?? 0);
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
		for (const box of this.#boxes) {
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

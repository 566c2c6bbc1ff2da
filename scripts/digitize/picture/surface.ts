import { COLOUR_MAX } from '../colour.ts';
import type { Material, Mesh, TextureRole } from '../mesh/mesh.ts';
import { type RawTexture, sample } from '../texture/raw-texture.ts';
import { type DomeReach, type Mixture, placesAt } from './dome-reach.ts';
import { bendNormal } from './normal-map.ts';

/** A point of a surface as light meets it; reused from pixel to pixel. Colours linear, vectors unit. */
export interface SurfacePoint {
	/** Where it is known how much of the dome arrives. */
	dome: Mixture;
	x: number;
	y: number;
	z: number;
	nx: number;
	ny: number;
	nz: number;
	red: number;
	green: number;
	blue: number;
	alpha: number;
	roughness: number;
	metallic: number;
	occlusion: number;
	clearcoat: number;
	clearcoatRoughness: number;
	emissive: [number, number, number];
}

/** Decoded maps of each material. */
export type MaterialMaps = { [role in TextureRole]?: RawTexture }[];

/** A new, blank point. */
export function blankPoint(): SurfacePoint {
	const dome: Mixture = { places: [0, 0, 0], shares: [0, 0, 0] };
	const light = { red: 1, green: 1, blue: 1, alpha: 1 };
	const look = { roughness: 1, metallic: 0, occlusion: 1, clearcoat: 0, clearcoatRoughness: 0 };
	return { dome, x: 0, y: 0, z: 0, nx: 0, ny: 1, nz: 0, ...light, ...look, emissive: [0, 0, 0] };
}

/** Finds what a mesh looks like inside its triangles. */
export class SurfaceReader {
	readonly #mesh: Mesh;
	readonly #materials: Material[];
	readonly #maps: MaterialMaps;
	readonly #reach: DomeReach;
	readonly #texel = new Float64Array(4);

	constructor(mesh: Mesh, materials: Material[], maps: MaterialMaps, reach: DomeReach) {
		this.#reach = reach;
		this.#mesh = mesh;
		this.#materials = materials;
		this.#maps = maps;
	}

	/** Fills `out` with the surface of triangle `t` at barycentric coordinates a, b, c. */
	read(t: number, a: number, b: number, c: number, out: SurfacePoint): void {
		const { indices, positions, normals, materialOf } = this.#mesh;
		const i = indices[t * 3] ?? 0;
		const j = indices[t * 3 + 1] ?? 0;
		const k = indices[t * 3 + 2] ?? 0;
		const at = (array: Float32Array, axis: number) =>
			a * (array[i * 3 + axis] ?? 0) +
			b * (array[j * 3 + axis] ?? 0) +
			c * (array[k * 3 + axis] ?? 0);
		placesAt(this.#reach, t, [i, j, k], a, b, out.dome);
		out.x = at(positions, 0);
		out.y = at(positions, 1);
		out.z = at(positions, 2);
		if (normals !== undefined) {
			const [x, y, z] = [at(normals, 0), at(normals, 1), at(normals, 2)];
			const length = Math.hypot(x, y, z) || 1;
			out.nx = x / length;
			out.ny = y / length;
			out.nz = z / length;
		}
		const number = materialOf[i] ?? 0;
		const material = this.#materials[number];
		if (material !== undefined) this.#look(material, number, t, a, b, c, out);
	}

	/** Only the opacity, for deciding whether anything is there. */
	alpha(t: number, a: number, b: number, c: number): number {
		const number = this.#mesh.materialOf[this.#mesh.indices[t * 3] ?? 0] ?? 0;
		const map = this.#maps[number]?.baseColor;
		const factor = this.#materials[number]?.baseColor[3] ?? 1;
		if (map === undefined) return factor;
		sample(map, this.#uv(t, a, b, c, 0), this.#uv(t, a, b, c, 1), true, this.#texel);
		return factor * (this.#texel[3] ?? 1);
	}

	#look(
		material: Material,
		number: number,
		t: number,
		a: number,
		b: number,
		c: number,
		out: SurfacePoint,
	): void {
		[out.red, out.green, out.blue, out.alpha] = material.baseColor;
		out.roughness = material.roughness;
		out.metallic = material.metallic;
		out.occlusion = 1;
		const coat = material.extensions.KHR_materials_clearcoat;
		out.clearcoat = Number(coat?.clearcoatFactor ?? 0);
		out.clearcoatRoughness = Number(coat?.clearcoatRoughnessFactor ?? 0);
		for (let k = 0; k < 3; k += 1) out.emissive[k] = material.emissive[k] ?? 0;
		this.#paint(t, a, b, c, out);
		const maps = this.#maps[number];
		if (maps === undefined || this.#mesh.uvs === undefined) return;
		const u = this.#uv(t, a, b, c, 0);
		const v = this.#uv(t, a, b, c, 1);
		this.#applyMaps(maps, material, u, v, out);
		if (maps.normal === undefined) return;
		sample(maps.normal, u, v, false, this.#texel);
		bendNormal(this.#mesh, t, this.#texel, material.maps.normal?.strength ?? 1, out);
	}

	#paint(t: number, a: number, b: number, c: number, out: SurfacePoint): void {
		const { indices, colours } = this.#mesh;
		if (colours === undefined) return;
		const i = (indices[t * 3] ?? 0) * 4;
		const j = (indices[t * 3 + 1] ?? 0) * 4;
		const k = (indices[t * 3 + 2] ?? 0) * 4;
		const at = (n: number) =>
			(a * (colours[i + n] ?? 0) + b * (colours[j + n] ?? 0) + c * (colours[k + n] ?? 0)) /
			COLOUR_MAX;
		out.red *= at(0);
		out.green *= at(1);
		out.blue *= at(2);
	}

	#applyMaps(
		maps: { [role in TextureRole]?: RawTexture },
		material: Material,
		u: number,
		v: number,
		out: SurfacePoint,
	): void {
		const texel = this.#texel;
		if (maps.baseColor !== undefined) {
			sample(maps.baseColor, u, v, true, texel);
			out.red *= texel[0] ?? 1;
			out.green *= texel[1] ?? 1;
			out.blue *= texel[2] ?? 1;
		}
		if (maps.metallicRoughness !== undefined) {
			sample(maps.metallicRoughness, u, v, false, texel);
			out.roughness *= texel[1] ?? 1;
			out.metallic *= texel[2] ?? 1;
		}
		if (maps.occlusion !== undefined) {
			sample(maps.occlusion, u, v, false, texel);
			const strength = material.maps.occlusion?.strength ?? 1;
			out.occlusion = 1 + strength * ((texel[0] ?? 1) - 1);
		}
		if (maps.emissive !== undefined) {
			sample(maps.emissive, u, v, true, texel);
			for (let k = 0; k < 3; k += 1) out.emissive[k] = (out.emissive[k] ?? 0) * (texel[k] ?? 0);
		}
	}

	#uv(t: number, a: number, b: number, c: number, axis: 0 | 1): number {
		const { indices, uvs } = this.#mesh;
		if (uvs === undefined) return 0;
		return (
			a * uvAt(uvs, indices[t * 3] ?? 0, axis) +
			b * uvAt(uvs, indices[t * 3 + 1] ?? 0, axis) +
			c * uvAt(uvs, indices[t * 3 + 2] ?? 0, axis)
		);
	}
}

function uvAt(uvs: Float32Array, vertex: number, axis: number): number {
	return uvs[vertex * 2 + axis] ?? 0;
}

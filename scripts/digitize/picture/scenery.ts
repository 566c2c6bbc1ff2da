import type { Bounds } from '#schema/value/geometry';
import { boundsOf } from '../mesh/inspect.ts';
import { type Material, type Mesh, type SourceTexture, TEXTURE_ROLES } from '../mesh/mesh.ts';
import { decodeTexture, type RawTexture } from '../texture/raw-texture.ts';
import { type DomeReach, reachDome } from './dome-reach.ts';
import { type FloorLight, lightFloor } from './floor.ts';
import { drawLightMap, type LightMap } from './light-map.ts';
import { domeLights } from './studio.ts';
import type { MaterialMaps } from './surface.ts';

/** A piece in the exhibit's frame, and coarser, as it dims the weak lights of the room. */
export interface Subject {
	mesh: Mesh;
	materials: Material[];
	textures: SourceTexture[];
	shadowMesh: Pick<Mesh, 'positions' | 'indices'>;
}

/**
 * All that the pictures of one piece share, whatever the view. Its arrays lie in shared memory, so
 * that worker threads use them without a copy; nobody writes to them.
 */
export interface Scenery {
	mesh: Mesh;
	shadowMesh: Pick<Mesh, 'positions' | 'indices'>;
	materials: Material[];
	maps: MaterialMaps;
	bounds: Bounds;
	radiusM: number;
	dome: LightMap[];
	reach: DomeReach;
	/** What of the sky reaches the floor. */
	floorDome: FloorLight;
}

/** The sky's shadows are looked up at least every so many pixels of the picture. */
const FINE_PX = 6;
/** A shadow map of the sky this many times smaller than the picture is fine enough, down to a limit. */
const DOME_SHARE = 1 / 2.5;
const LEAST_DOME_PX = 192;
/** How far the pool of light on the floor reaches, in radii of the piece. */
export const POOL = 1.55;
/** Cells a side of the grid of the sky's light on the floor. */
const FLOOR_CELLS = 128;

/**
 * Prepares a piece for pictures of `sizePx`: decodes its maps, no finer than these need, and draws the
 * shadows of the room's sky.
 */
export async function buildScenery(
	{ mesh, materials, textures, shadowMesh }: Subject,
	sizePx: number,
): Promise<Scenery> {
	const bounds = boundsOf(mesh.positions);
	const radiusM = Math.hypot(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0))) / 2;
	const domePx = Math.max(Math.round(sizePx * DOME_SHARE), LEAST_DOME_PX);
	const dome = domeLights(domePx).map((light) => drawLightMap(shadowMesh, bounds, light));
	return {
		mesh: {
			positions: share(mesh.positions, Float32Array),
			normals: mesh.normals && share(mesh.normals, Float32Array),
			uvs: mesh.uvs && share(mesh.uvs, Float32Array),
			colours: mesh.colours && share(mesh.colours, Uint16Array),
			materialOf: share(mesh.materialOf, Uint16Array),
			indices: share(mesh.indices, Uint32Array),
		},
		shadowMesh: {
			positions: share(shadowMesh.positions, Float32Array),
			indices: share(shadowMesh.indices, Uint32Array),
		},
		materials,
		maps: await decodeMaps(materials, textures, sizePx),
		bounds,
		radiusM,
		reach: reachDome(mesh, dome, (FINE_PX * 2 * radiusM) / sizePx),
		floorDome: lightFloor(dome, radiusM * POOL, FLOOR_CELLS),
		dome: dome.map((map) => ({ ...map, depth: share(map.depth, Float32Array) })),
	};
}

async function decodeMaps(
	materials: Material[],
	textures: SourceTexture[],
	texturePx: number,
): Promise<MaterialMaps> {
	const decoded = new Map<string, RawTexture>();
	const maps: MaterialMaps = [];
	for (const material of materials) {
		const own: MaterialMaps[number] = {};
		for (const role of TEXTURE_ROLES) {
			const number = material.maps[role]?.texture;
			const source = number === undefined ? undefined : textures[number];
			if (source === undefined) continue;
			const isData = role !== 'baseColor' && role !== 'emissive';
			const key = `${number} ${isData}`;
			const raw = decoded.get(key) ?? shared(await decodeTexture(source, texturePx, isData));
			decoded.set(key, raw);
			own[role] = raw;
		}
		maps.push(own);
	}
	return maps;
}

function shared(texture: RawTexture): RawTexture {
	return { ...texture, data: share(texture.data, Uint8Array) };
}

interface ArrayType<T> {
	readonly BYTES_PER_ELEMENT: number;
	new (buffer: SharedArrayBuffer): T;
}

/** The same numbers in memory that threads share. */
function share<T extends { length: number; set(from: T): void }>(array: T, type: ArrayType<T>): T {
	const copy = new type(new SharedArrayBuffer(array.length * type.BYTES_PER_ELEMENT));
	copy.set(array);
	return copy;
}

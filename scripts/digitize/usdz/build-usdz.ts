import { COLOUR_MAX } from '../colour.ts';
import { split } from '../glb/split.ts';
import { flatten } from '../mesh/flatten.ts';
import { type Material, type Mesh, plainMaterial, type SourceTexture } from '../mesh/mesh.ts';
import { simplify } from '../mesh/simplify.ts';
import { packColours } from './colour-atlas.ts';
import { UsdImages } from './usd-images.ts';
import { encodeUsdPixels, type ImageOptions } from './usd-texture.ts';
import { type UsdPart, writeUsda } from './write-usda.ts';
import { zipStored } from './zip-stored.ts';

export interface ArSubject {
	mesh: Mesh;
	materials: Material[];
	textures: SourceTexture[];
}

/** A package for augmented reality. */
export interface Usdz {
	usdz: Uint8Array;
	triangles: number;
	/** Parts whose painted vertices had to become one tint, because their base colour is a map. */
	tintedParts: number;
}

/** What phones open without waiting, in bytes. */
const MAX_BYTES = 10_000_000;

/** What is given up, in this order, until a package is small enough. */
const ATTEMPTS: readonly (ImageOptions & { triangles: number })[] = [
	{ triangles: 100_000, px: 2048, quality: 85 },
	{ triangles: 80_000, px: 2048, quality: 78 },
	{ triangles: 60_000, px: 1024, quality: 80 },
	{ triangles: 40_000, px: 512, quality: 75 },
];
/** The last resort is painted vertices only, which always fit. */
const FLAT = { triangles: 30_000, px: 1, quality: 80 };
/** Quality of an atlas of painted vertices, which is never scaled. */
const ATLAS_QUALITY = 90;

const SCENE_FILE = 'model.usda';

/**
 * Packs a piece for Quick Look in at most 10 MB, whatever it is: true scale in metres, textures that
 * every viewer shows, painted vertices as a texture. The same piece gives the same bytes.
 */
export async function buildUsdz(subject: ArSubject): Promise<Usdz> {
	for (const attempt of ATTEMPTS) {
		const made = await pack(subject, attempt);
		if (made.usdz.length <= MAX_BYTES) return made;
	}
	const { mesh, material } = await flatten(subject.mesh, subject.materials, subject.textures);
	return await pack({ mesh, materials: [material], textures: [] }, FLAT);
}

async function pack(
	{ mesh, materials, textures }: ArSubject,
	{ triangles, ...options }: ImageOptions & { triangles: number },
): Promise<Usdz> {
	const coarse = (await simplify(mesh, triangles)).mesh;
	const primitives = split(coarse, materials).map((primitive) => ({
		mesh: primitive.mesh,
		material: materials[primitive.material] ?? plainMaterial('surface'),
	}));
	const images = new UsdImages(textures, options);
	const painted = primitives.filter(isPainted);
	const atlas = await paint(painted, images);
	const parts: UsdPart[] = [];
	for (const part of primitives) {
		const isTinted = part.mesh.colours !== undefined && !isPainted(part);
		const material = isTinted ? tinted(part) : part.material;
		const maps = part.mesh.uvs === undefined ? {} : await images.mapsOf(material);
		const atlasUvs = atlas?.uvs[painted.indexOf(part)];
		const file = atlasUvs && atlas?.file;
		const own = file === undefined ? { maps } : { maps, atlas: file };
		parts.push({ mesh: part.mesh, material, images: own, atlasUvs });
	}
	const scene = { name: SCENE_FILE, bytes: Buffer.from(writeUsda(parts)) };
	return {
		usdz: zipStored([scene, ...images.entries]),
		triangles: coarse.indices.length / 3,
		tintedParts: primitives.filter((p) => p.mesh.colours !== undefined && !isPainted(p)).length,
	};
}

interface Part {
	mesh: Mesh;
	material: Material;
}

/** Whether the colours of a part can come from the atlas: two textures cannot be multiplied. */
function isPainted({ mesh, material }: Part): boolean {
	return mesh.colours !== undefined && material.maps.baseColor === undefined;
}

/** Puts the atlas of all painted parts into the package, if there are any. */
async function paint(
	painted: Part[],
	images: UsdImages,
): Promise<{ file: string; uvs: Float32Array[] } | undefined> {
	if (painted.length === 0) return undefined;
	const parts = painted.map(({ mesh, material }) => ({ mesh, factor: material.baseColor }));
	const { pixels, sizePx, uvs } = packColours(parts);
	const file = images.add(await encodeUsdPixels(pixels, sizePx, ATLAS_QUALITY));
	return { file, uvs };
}

/** The material of a part whose painted vertices become one tint over its map. */
function tinted({ mesh, material }: Part): Material {
	const { colours = new Uint16Array(0) } = mesh;
	const sum = [0, 0, 0];
	for (let i = 0; i < colours.length; i += 4) {
		for (let k = 0; k < 3; k += 1) sum[k] = (sum[k] ?? 0) + (colours[i + k] ?? 0);
	}
	const scale = 4 / (colours.length * COLOUR_MAX);
	const [r, g, b, a] = material.baseColor;
	const [sr = 0, sg = 0, sb = 0] = sum.map((v) => v * scale);
	return { ...material, baseColor: [r * sr, g * sg, b * sb, a] };
}

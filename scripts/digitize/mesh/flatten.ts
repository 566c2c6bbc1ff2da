import { COLOUR_MAX, toUnorm16 } from '../colour.ts';
import { decodeTexture, type RawTexture, sample } from '../texture/raw-texture.ts';
import { type Material, type Mesh, plainMaterial, type SourceTexture } from './mesh.ts';

/** Maps are averaged down to this before a vertex takes its colour from them. */
const TEXTURE_PX = 64;

/** Paints materials and their base colour maps into the vertices, so that one material is enough. */
export async function flatten(
	mesh: Mesh,
	materials: Material[],
	textures: SourceTexture[],
): Promise<{ mesh: Mesh; material: Material }> {
	const maps = await decodeBaseColours(materials, textures);
	const count = mesh.materialOf.length;
	const colours = new Uint16Array(count * 4).fill(COLOUR_MAX);
	const texel = new Float64Array(4);
	for (let i = 0; i < count; i += 1) {
		const material = materials[mesh.materialOf[i] ?? 0];
		const map = maps.get(material?.maps.baseColor?.texture ?? -1);
		texel.fill(1);
		if (map !== undefined && mesh.uvs !== undefined) {
			sample(map, mesh.uvs[i * 2] ?? 0, mesh.uvs[i * 2 + 1] ?? 0, true, texel);
		}
		for (const [k, factor] of (material?.baseColor ?? [1, 1, 1, 1]).slice(0, 3).entries()) {
			const painted = (mesh.colours?.[i * 4 + k] ?? COLOUR_MAX) / COLOUR_MAX;
			colours[i * 4 + k] = toUnorm16(painted * (texel[k] ?? 1) * factor);
		}
	}
	const material = plainMaterial('flattened');
	material.doubleSided = materials.some((m) => m.doubleSided);
	return {
		mesh: { ...mesh, uvs: undefined, colours, materialOf: new Uint16Array(count) },
		material,
	};
}

async function decodeBaseColours(
	materials: Material[],
	textures: SourceTexture[],
): Promise<Map<number, RawTexture>> {
	const maps = new Map<number, RawTexture>();
	for (const material of materials) {
		const number = material.maps.baseColor?.texture;
		const source = number === undefined ? undefined : textures[number];
		if (number === undefined || source === undefined || maps.has(number)) continue;
		maps.set(number, await decodeTexture(source, TEXTURE_PX, false));
	}
	return maps;
}

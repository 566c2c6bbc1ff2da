import { areaOf, boundsOf } from '../mesh/inspect.ts';
import type { Material, Mesh } from '../mesh/mesh.ts';
import { ATLAS_UVS, MAP_UVS, type MaterialImages, usdMaterial } from './usd-material.ts';
import { tuples } from './usd-numbers.ts';

/** One mesh of a package with its material. */
export interface UsdPart {
	mesh: Mesh;
	material: Material;
	images: MaterialImages;
	/** Of every corner, when its colours are in an atlas; origin at the bottom left. */
	atlasUvs: Float32Array | undefined;
}

const MATERIALS = '/Root/Materials';
/** A thousandth turns a normal by 0.06°. */
const NORMAL_DECIMALS = 3;
/** A 5,000th of a picture, half a pixel of the largest. */
const UV_DECIMALS = 4;
/** Positions are rounded to at most this share of the mean edge. */
const ROUNDING = 1 / 50;
/** A triangle's area over the square of its edge, when all three edges are equal. */
const EQUILATERAL = Math.sqrt(3) / 4;

/**
 * Writes a stage in text: one mesh a part, in metres, +Y up, standing on the origin. Numbers are as
 * short as the piece's own detail allows, which makes text 1.4 times the size of the binary form.
 * Source: USD 25 text file format. Rejected: the binary form (no writer in npm).
 */
export function writeUsda(parts: UsdPart[]): string {
	const decimals = positionDecimals(parts);
	const meshes = parts.map((part, i) => meshText(part, i, decimals));
	const materials = parts.map(({ material, images }, i) =>
		usdMaterial(material, images, i, MATERIALS),
	);
	return `#usda 1.0
(
	defaultPrim = "Root"
	metersPerUnit = 1
	upAxis = "Y"
)

def Xform "Root" (
	kind = "component"
)
{
${meshes.join('')}	def Scope "Materials"
	{
${materials.join('')}	}
}
`;
}

function positionDecimals(parts: UsdPart[]): number {
	const area = parts.reduce((sum, { mesh }) => sum + areaOf(mesh), 0);
	const triangles = parts.reduce((sum, { mesh }) => sum + mesh.indices.length / 3, 0);
	const meanEdgeM = Math.sqrt(area / triangles / EQUILATERAL);
	return Math.min(Math.max(Math.ceil(-Math.log10(meanEdgeM * ROUNDING)), 3), 7);
}

function meshText({ mesh, material, images, atlasUvs }: UsdPart, i: number, decimals: number) {
	const { positions, normals, uvs, indices } = mesh;
	const { min, max } = boundsOf(positions);
	const usesMaps = uvs !== undefined && Object.keys(images.maps).length > 0;
	const counts = new Array(indices.length / 3).fill(3).join(',');
	return `	def Mesh "Mesh_${i}" (
		prepend apiSchemas = ["MaterialBindingAPI"]
	)
	{
		uniform bool doubleSided = ${material.doubleSided ? 1 : 0}
		float3[] extent = [${tuples([...min, ...max], 3, decimals)}]
		int[] faceVertexCounts = [${counts}]
		int[] faceVertexIndices = [${indices.join(',')}]
		rel material:binding = <${MATERIALS}/Material_${i}>
		point3f[] points = [${tuples(positions, 3, decimals)}]
${normals === undefined ? '' : primvar('normal3f[] normals', tuples(normals, 3, NORMAL_DECIMALS), 'vertex')}${
	usesMaps
		? primvar(`texCoord2f[] primvars:${MAP_UVS}`, tuples(flipped(uvs), 2, UV_DECIMALS), 'vertex')
		: ''
}${
	atlasUvs === undefined
		? ''
		: primvar(`texCoord2f[] primvars:${ATLAS_UVS}`, tuples(atlasUvs, 2, UV_DECIMALS), 'faceVarying')
}		uniform token subdivisionScheme = "none"
	}
`;
}

function primvar(name: string, values: string, interpolation: string): string {
	return `		${name} = [${values}] (
			interpolation = "${interpolation}"
		)
`;
}

/** Texture coordinates with their origin at the bottom left. */
function flipped(uvs: Float32Array): Float32Array {
	return uvs.map((value, i) => (i % 2 === 0 ? value : 1 - value));
}

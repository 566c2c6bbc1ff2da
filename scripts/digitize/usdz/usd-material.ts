import type { Material, TextureRole } from '../mesh/mesh.ts';
import { short } from './usd-numbers.ts';

/** The images of one material, by the names of their files in the package. */
export interface MaterialImages {
	/** Colours of painted vertices, on texture coordinates of their own. */
	atlas?: string;
	maps: { [role in TextureRole]?: string };
}

/** Texture coordinates of the maps, and of the atlas of painted vertices. */
export const MAP_UVS = 'st';
export const ATLAS_UVS = 'st1';

const DECIMALS = 4;

/** Which channel of a map feeds which input of the surface. */
const CONNECTIONS: { input: string; type: string; role: TextureRole; output: string }[] = [
	{ input: 'diffuseColor', type: 'color3f', role: 'baseColor', output: 'rgb' },
	{ input: 'roughness', type: 'float', role: 'metallicRoughness', output: 'g' },
	{ input: 'metallic', type: 'float', role: 'metallicRoughness', output: 'b' },
	{ input: 'normal', type: 'normal3f', role: 'normal', output: 'rgb' },
	{ input: 'occlusion', type: 'float', role: 'occlusion', output: 'r' },
	{ input: 'emissiveColor', type: 'color3f', role: 'emissive', output: 'rgb' },
];

/**
 * Writes one material as a UsdPreviewSurface with its textures: `number` names it and `path` is where
 * it stands. Factors of maps are in their pixels. Source: UsdPreviewSurface specification 2.6.
 */
export function usdMaterial(
	material: Material,
	images: MaterialImages,
	number: number,
	scope: string,
): string {
	const path = `${scope}/Material_${number}`;
	const inputs = new Map(Object.entries(constants(material)));
	const shaders: string[] = [];
	const usesMaps = Object.keys(images.maps).length > 0;
	if (usesMaps) shaders.push(uvReader(MAP_UVS));
	if (images.atlas !== undefined) shaders.push(uvReader(ATLAS_UVS));
	for (const { input, type, role, output } of CONNECTIONS) {
		if (images.maps[role] === undefined) continue;
		inputs.set(`${type} inputs:${input}`, `.connect = <${path}/${role}.outputs:${output}>`);
	}
	for (const [role, file] of Object.entries(images.maps)) {
		shaders.push(texture(role, file, MAP_UVS, path, role === 'normal'));
	}
	if (images.atlas !== undefined) {
		inputs.set('color3f inputs:diffuseColor', `.connect = <${path}/painted.outputs:rgb>`);
		shaders.push(texture('painted', images.atlas, ATLAS_UVS, path, false));
	}
	if (images.maps.baseColor?.endsWith('.png')) {
		inputs.set('float inputs:opacity', `.connect = <${path}/baseColor.outputs:a>`);
	}
	const lines = [...inputs].map(([name, value]) => `\t\t\t\t${name}${value}`);
	return `\t\tdef Material "Material_${number}"
		{
			token outputs:surface.connect = <${path}/Surface.outputs:surface>
			def Shader "Surface"
			{
				uniform token info:id = "UsdPreviewSurface"
${lines.join('\n')}
				token outputs:surface
			}
${shaders.join('')}		}
`;
}

/** Inputs that are plain numbers; those that maps feed are replaced. */
function constants(material: Material): Record<string, string> {
	const { baseColor, emissive, metallic, roughness, alphaMode, alphaCutoff, extensions } = material;
	const out: Record<string, string> = {
		'color3f inputs:diffuseColor': ` = ${colour(baseColor)}`,
		'float inputs:metallic': ` = ${short(metallic, DECIMALS)}`,
		'float inputs:roughness': ` = ${short(roughness, DECIMALS)}`,
		'int inputs:useSpecularWorkflow': ' = 0',
	};
	if (emissive.some((v) => v > 0)) out['color3f inputs:emissiveColor'] = ` = ${colour(emissive)}`;
	if (alphaMode !== 'OPAQUE') {
		out['float inputs:opacity'] = ` = ${short(baseColor[3], DECIMALS)}`;
	}
	if (alphaMode === 'MASK') {
		out['float inputs:opacityThreshold'] = ` = ${short(Math.max(alphaCutoff, 0.001), DECIMALS)}`;
	}
	const coat = extensions.KHR_materials_clearcoat;
	if (coat !== undefined) {
		out['float inputs:clearcoat'] = ` = ${share(coat.clearcoatFactor)}`;
		out['float inputs:clearcoatRoughness'] = ` = ${share(coat.clearcoatRoughnessFactor)}`;
	}
	const ior = Number(extensions.KHR_materials_ior?.ior ?? 1.5);
	if (ior >= 1 && ior <= 4 && ior !== 1.5) out['float inputs:ior'] = ` = ${short(ior, DECIMALS)}`;
	return out;
}

function share(value: number | number[] | undefined): string {
	return short(Math.min(Math.max(Number(value ?? 0) || 0, 0), 1), DECIMALS);
}

function colour(values: readonly number[]): string {
	return `(${values
		.slice(0, 3)
		.map((v) => short(Math.min(Math.max(v, 0), 1), DECIMALS))
		.join(', ')})`;
}

function uvReader(uvs: string): string {
	return `			def Shader "Reader_${uvs}"
			{
				uniform token info:id = "UsdPrimvarReader_float2"
				string inputs:varname = "${uvs}"
				float2 outputs:result
			}
`;
}

function texture(name: string, file: string, uvs: string, path: string, isNormal: boolean): string {
	const isColour = name === 'baseColor' || name === 'emissive' || name === 'painted';
	const range = isNormal
		? `				float4 inputs:scale = (2, 2, 2, 1)
				float4 inputs:bias = (-1, -1, -1, 0)
`
		: '';
	const wrap = name === 'painted' ? 'clamp' : 'repeat';
	return `			def Shader "${name}"
			{
				uniform token info:id = "UsdUVTexture"
				asset inputs:file = @${file}@
				float2 inputs:st.connect = <${path}/Reader_${uvs}.outputs:result>
				token inputs:sourceColorSpace = "${isColour ? 'sRGB' : 'raw'}"
				token inputs:wrapS = "${wrap}"
				token inputs:wrapT = "${wrap}"
${range}				float3 outputs:rgb
				float outputs:r
				float outputs:g
				float outputs:b
				float outputs:a
			}
`;
}

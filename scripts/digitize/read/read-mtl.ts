import type { Finding } from '#schema/asset/digitize-report';
import { toLinear } from '../colour.ts';
import { decodeText } from '../intake/decode-text.ts';
import { findCompanion } from '../intake/find-companion.ts';
import type { SourceFile } from '../intake/source-file.ts';
import {
	type Material,
	plainMaterial,
	type SourceTexture,
	type TextureRole,
} from '../mesh/mesh.ts';
import { readTexture } from '../texture/texture-source.ts';
import { unquote } from './unquote.ts';

/** How many values each option of a texture statement takes. */
const OPTION_VALUES: Readonly<Record<string, number>> = {
	'-blendu': 1,
	'-blendv': 1,
	'-boost': 1,
	'-bm': 1,
	'-cc': 1,
	'-clamp': 1,
	'-colorspace': 1,
	'-imfchan': 1,
	'-texres': 1,
	'-type': 1,
	'-mm': 2,
	'-o': 3,
	'-s': 3,
	'-t': 3,
};

const MAP_ROLES: Readonly<Record<string, TextureRole>> = {
	map_kd: 'baseColor',
	norm: 'normal',
	map_kn: 'normal',
	map_ke: 'emissive',
};

/** Maps that say something we cannot carry over. */
const LEFT_OUT = ['map_bump', 'bump', 'disp', 'map_pr', 'map_pm', 'map_d', 'map_ks', 'map_ns'];

/** Materials by name, and the textures they share. */
export interface MtlLibrary {
	materials: Map<string, Material>;
	textures: SourceTexture[];
	findings: Finding[];
}

/**
 * Reads a material library beside an OBJ. Colours of an MTL are sRGB; Phong exponents become
 * roughness; `Pr` and `Pm` (the PBR addition) win over them. A texture that is not there is a
 * warning, one outside the folder a refusal.
 */
export async function readMtl(file: SourceFile, bytes: Buffer, into: MtlLibrary): Promise<void> {
	let material: Material | undefined;
	for (const raw of bytes.toString('latin1').split(/[\r\n]+/)) {
		// Line by line, as an OBJ's own names are decoded, so that the two agree.
		const line = decodeText(Buffer.from(raw, 'latin1')).trim();
		const space = line.search(/[ \t]/);
		if (space === -1) continue;
		const key = line.slice(0, space).toLowerCase();
		const rest = line.slice(space).trim();
		if (key === 'newmtl') {
			material = plainMaterial(rest.slice(0, 200));
			into.materials.set(rest, material);
		} else if (material !== undefined) {
			setNumbers(material, key, rest.split(/[ \t]+/).map(Number));
			await setMap(file, into, material, key, rest);
		}
	}
}

function setNumbers(material: Material, key: string, numbers: number[]): void {
	const [x = Number.NaN, y = x, z = x] = numbers;
	if (!Number.isFinite(x)) return;
	const clamp = (v: number) => Math.min(Math.max(v || 0, 0), 1);
	switch (key) {
		case 'kd':
			for (const [k, v] of [x, y, z].entries()) material.baseColor[k] = toLinear(clamp(v));
			break;
		case 'ke':
			for (const [k, v] of [x, y, z].entries()) material.emissive[k] = toLinear(clamp(v));
			break;
		// Nobody scans what cannot be seen: MeshLab writes `Tr 1`, others `d 0`, for what is opaque.
		case 'd':
			material.baseColor[3] = clamp(x) || 1;
			break;
		case 'tr':
			material.baseColor[3] = 1 - clamp(x) || 1;
			break;
		case 'ns':
			material.roughness = clamp(Math.sqrt(2 / (Math.max(x, 0) + 2)));
			break;
		case 'pr':
			material.roughness = clamp(x);
			break;
		case 'pm':
			material.metallic = clamp(x);
			break;
		default:
	}
	if (material.baseColor[3] < 1) material.alphaMode = 'BLEND';
}

async function setMap(
	file: SourceFile,
	into: MtlLibrary,
	material: Material,
	key: string,
	rest: string,
): Promise<void> {
	if (LEFT_OUT.includes(key)) {
		into.findings.push({ code: 'map-left-out', level: 'warning', values: { map: key } });
		return;
	}
	const role = MAP_ROLES[key];
	if (role === undefined) return;
	const reference = fileName(rest);
	const texture = await texturesIndex(file, into, reference);
	if (texture === undefined) return;
	material.maps[role] = { texture, strength: 1 };
	// Exporters write any Kd beside a map, most often 0.8 grey or black; the map is meant alone.
	if (role === 'baseColor') material.baseColor = [1, 1, 1, material.baseColor[3]];
	if (role === 'emissive') material.emissive = [1, 1, 1];
}

async function texturesIndex(
	file: SourceFile,
	into: MtlLibrary,
	reference: string,
): Promise<number | undefined> {
	const known = into.textures.findIndex((t) => t.name === reference);
	if (known !== -1) return known;
	const found = await findCompanion(file, reference);
	const values = { file: reference.slice(0, 200) };
	if (found === undefined) {
		into.findings.push({ code: 'texture-missing', level: 'warning', values });
		return undefined;
	}
	if (found.isByName) into.findings.push({ code: 'found-by-name', level: 'info', values });
	return into.textures.push(await readTexture(found.bytes, reference, file.name)) - 1;
}

/**
 * The file a texture statement names, behind its options; names may hold blanks. Of an authoring
 * path with a drive letter or from the root only the name is kept: it is nobody's business.
 */
function fileName(rest: string): string {
	let text = rest;
	for (let option = /^(-\w+)[ \t]+/.exec(text); option !== null; ) {
		text = text.slice(option[0].length);
		const values = OPTION_VALUES[option[1]?.toLowerCase() ?? ''] ?? 0;
		for (let i = 0; i < values; i += 1) {
			const value = /^-?[\w.]+[ \t]+/.exec(text);
			if (value === null || (i > 0 && !/^-?[\d.]/.test(value[0]))) break;
			text = text.slice(value[0].length);
		}
		option = /^(-\w+)[ \t]+/.exec(text);
	}
	const slashed = unquote(text).replaceAll('\\', '/');
	return /^(?:[a-z]:)?\/(?!\/)/i.test(slashed) ? (slashed.split('/').at(-1) ?? slashed) : slashed;
}

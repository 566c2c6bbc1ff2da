import type { SourceFile } from '../../intake/source-file.ts';
import { truncated } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import { type GltfJson, gltfJson } from './gltf-json.ts';

const CHUNK_JSON = 0x4e4f534a;
const CHUNK_BIN = 0x004e4942;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

/** No scan describes itself in more JSON than this; a hostile one may. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** What can be read although a file says it must be understood. */
const UNDERSTOOD = [
	'KHR_mesh_quantization',
	'EXT_meshopt_compression',
	'KHR_meshopt_compression',
	'KHR_draco_mesh_compression',
	'KHR_texture_transform',
	'EXT_texture_webp',
	'EXT_texture_avif',
	'KHR_texture_basisu',
	'KHR_lights_punctual',
	'KHR_materials_pbrSpecularGlossiness',
];

export interface GltfContainer {
	json: GltfJson;
	/** The binary chunk of a GLB. */
	bin: Uint8Array | undefined;
}

/** Splits a GLB into its chunks. Refuses with `file-truncated` or `structure-invalid`. */
export function openGlb(file: SourceFile): GltfContainer {
	const { name } = file;
	const bytes = file.read();
	if (bytes.length < HEADER_BYTES + CHUNK_HEADER_BYTES) truncated(name);
	if (bytes.readUInt32LE(4) !== 2) {
		refuse('structure-invalid', `${name} is not glTF version 2 — export it as glTF 2.0`);
	}
	const end = bytes.readUInt32LE(8);
	if (end > bytes.length) truncated(name);
	const chunks = new Map<number, Uint8Array>();
	let at = HEADER_BYTES;
	while (at + CHUNK_HEADER_BYTES <= end) {
		const length = bytes.readUInt32LE(at);
		const type = bytes.readUInt32LE(at + 4);
		at += CHUNK_HEADER_BYTES;
		if (at + length > end) truncated(name);
		if (!chunks.has(type)) chunks.set(type, bytes.subarray(at, at + length));
		at += length;
	}
	const text = chunks.get(CHUNK_JSON);
	if (text === undefined) {
		return refuse('structure-invalid', `${name} has no description of its scene — export it again`);
	}
	return { json: parseJson(text, name), bin: chunks.get(CHUNK_BIN) };
}

/** Reads the JSON of a `.gltf` file. */
export function openGltf(file: SourceFile): GltfContainer {
	return { json: parseJson(file.read(), file.name), bin: undefined };
}

function parseJson(bytes: Uint8Array, name: string): GltfJson {
	if (bytes.length > MAX_JSON_BYTES) {
		refuse('json-invalid', `${name} has more than 64 MB of JSON — export it as GLB`);
	}
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return refuse('json-invalid', `${name} has broken JSON in it — export it again`);
	}
	checkRequired(value, name);
	const parsed = gltfJson.safeParse(value);
	if (parsed.success) return parsed.data;
	const where = parsed.error.issues[0]?.path.join('.') ?? '';
	return refuse(
		'structure-invalid',
		`${name} breaks the rules of glTF at "${where.slice(0, 80)}" — export it again`,
	);
}

function checkRequired(value: unknown, name: string): void {
	if (typeof value !== 'object' || value === null || !('extensionsRequired' in value)) return;
	const { extensionsRequired } = value;
	if (!Array.isArray(extensionsRequired)) return;
	for (const extension of extensionsRequired) {
		const isKnown = UNDERSTOOD.includes(extension) || /^KHR_materials_\w+$/.test(extension);
		if (isKnown) continue;
		refuse(
			'extension-unsupported',
			`${name} needs the glTF extension ${String(extension).slice(0, 60)}, which we do not read — export without it`,
		);
	}
}

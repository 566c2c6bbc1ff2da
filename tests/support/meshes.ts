import sharp from 'sharp';

/** A small surface for tests, in plain arrays. Colours are linear RGBA, 0 to 1. */
export interface TestMesh {
	positions: number[];
	normals: number[];
	uvs: number[];
	colours: number[];
	indices: number[];
}

/** A closed, bumpy ball of about `triangles` triangles round (0, 0, 0), one unit in radius. */
export function aBall(triangles = 480): TestMesh {
	const rings = Math.max(Math.round(Math.sqrt(triangles / 4)), 3);
	const segments = rings * 2;
	const mesh: TestMesh = { positions: [], normals: [], uvs: [], colours: [], indices: [] };
	for (let ring = 0; ring <= rings; ring += 1) {
		const theta = (ring / rings) * Math.PI;
		const isPole = ring === 0 || ring === rings;
		const sin = isPole ? 0 : Math.sin(theta);
		for (let segment = 0; segment <= segments; segment += 1) {
			const phi = ((segment % segments) / segments) * 2 * Math.PI;
			const radius = isPole ? 1 : 1 + 0.06 * Math.sin(5 * theta) * Math.cos(4 * phi);
			const at = [sin * Math.sin(phi), Math.cos(theta), sin * Math.cos(phi)];
			mesh.positions.push(...at.map((v) => v * radius + 0)); // Adding 0 turns -0 into 0.
			mesh.normals.push(...at);
			mesh.uvs.push(segment / segments, ring / rings);
			mesh.colours.push(0.2 + 0.6 * (ring / rings), 0.3, 0.7 - 0.5 * (ring / rings), 1);
		}
	}
	mesh.indices = ballIndices(rings, segments);
	return mesh;
}

function ballIndices(rings: number, segments: number): number[] {
	const row = segments + 1;
	const indices: number[] = [];
	for (let a = 0; a < rings * row; a += 1) {
		if (a % row === segments) continue;
		if (a >= row) indices.push(a, a + row, a + 1);
		if (a < (rings - 1) * row) indices.push(a + 1, a + row, a + row + 1);
	}
	return indices;
}

/** A PNG of coloured squares. */
export async function aTexture(px = 64): Promise<Buffer> {
	const data = Buffer.alloc(px * px * 3);
	for (let y = 0; y < px; y += 1) {
		for (let x = 0; x < px; x += 1) {
			const isLight = (x >> 3) % 2 === (y >> 3) % 2;
			data.set(isLight ? [220, 180, 60] : [30, 90, 110], (y * px + x) * 3);
		}
	}
	return await sharp(data, { raw: { width: px, height: px, channels: 3 } })
		.png()
		.toBuffer();
}

/** The JSON of a glTF, loose enough to be broken on purpose. */
export type LooseGltf = Record<string, unknown>;

export interface GlbParts {
	mesh?: TestMesh;
	/** An encoded image for the base colour. */
	texture?: Uint8Array;
	hasColours?: boolean;
	/** Changes the JSON before it is written. */
	change?: (json: LooseGltf) => void;
	/** Changes the binary chunk before it is written. */
	changeBin?: (bin: Buffer) => void;
}

/** The JSON and binary chunk of a glTF with one mesh. */
export function aGltf(parts: GlbParts = {}): { json: LooseGltf; bin: Buffer } {
	const mesh = parts.mesh ?? aBall();
	const chunks: Buffer[] = [];
	const bufferViews: LooseGltf[] = [];
	const accessors: LooseGltf[] = [];
	const view = (bytes: Buffer): number => {
		const byteOffset = chunks.reduce((sum, c) => sum + c.length, 0);
		chunks.push(bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4));
		return bufferViews.push({ buffer: 0, byteOffset, byteLength: bytes.length }) - 1;
	};
	const accessor = (values: number[], width: number, type: string): number => {
		const bufferView = view(Buffer.from(Float32Array.from(values).buffer));
		const count = values.length / width;
		return accessors.push({ bufferView, componentType: 5126, count, type }) - 1;
	};
	const attributes: Record<string, number> = {
		POSITION: accessor(mesh.positions, 3, 'VEC3'),
		NORMAL: accessor(mesh.normals, 3, 'VEC3'),
	};
	if (parts.texture !== undefined) attributes.TEXCOORD_0 = accessor(mesh.uvs, 2, 'VEC2');
	if (parts.hasColours === true) attributes.COLOR_0 = accessor(mesh.colours, 4, 'VEC4');
	const indexView = view(Buffer.from(Uint32Array.from(mesh.indices).buffer));
	const count = mesh.indices.length;
	const indices =
		accessors.push({ bufferView: indexView, componentType: 5125, count, type: 'SCALAR' }) - 1;
	const image = parts.texture && view(Buffer.from(parts.texture));
	const bin = Buffer.concat(chunks);
	const json: LooseGltf = {
		asset: { version: '2.0' },
		scene: 0,
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0 }],
		meshes: [{ primitives: [{ attributes, indices, material: 0 }] }],
		materials: [
			{
				name: 'glaze',
				pbrMetallicRoughness: {
					metallicFactor: 0,
					roughnessFactor: 0.4,
					...(image === undefined ? {} : { baseColorTexture: { index: 0 } }),
				},
			},
		],
		...(image === undefined
			? {}
			: { textures: [{ source: 0 }], images: [{ bufferView: image, mimeType: 'image/png' }] }),
		accessors,
		bufferViews,
		buffers: [{ byteLength: bin.length }],
	};
	parts.change?.(json);
	parts.changeBin?.(bin);
	return { json, bin };
}

/** A GLB of one mesh. */
export function aGlb(parts: GlbParts = {}): Buffer {
	const { json, bin } = aGltf(parts);
	return glbOf(json, bin);
}

/** Any JSON and binary chunk as a GLB. */
export function glbOf(json: unknown, bin: Uint8Array): Buffer {
	const text = Buffer.from(JSON.stringify(json));
	const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
	const head = Buffer.alloc(20);
	head.write('glTF', 0, 'latin1');
	head.writeUInt32LE(2, 4);
	head.writeUInt32LE(28 + padded.length + bin.length, 8);
	head.writeUInt32LE(padded.length, 12);
	head.write('JSON', 16, 'latin1');
	const binHead = Buffer.alloc(8);
	binHead.writeUInt32LE(bin.length, 0);
	binHead.write('BIN\0', 4, 'latin1');
	return Buffer.concat([head, padded, binHead, bin]);
}

export interface PlyParts {
	mesh?: TestMesh;
	encoding?: 'ascii' | 'binary_little_endian' | 'binary_big_endian';
	scalar?: 'float' | 'double';
	hasColours?: boolean;
	comments?: string[];
}

/** A PLY of one mesh; colours are bytes, as scanners write them. */
export function aPly(parts: PlyParts = {}): Buffer {
	const { mesh = aBall(), encoding = 'binary_little_endian', scalar = 'float' } = parts;
	const channels = parts.hasColours === true ? ['red', 'green', 'blue'] : [];
	const header = [
		'ply',
		`format ${encoding} 1.0`,
		...(parts.comments ?? []).map((comment) => `comment ${comment}`),
		`element vertex ${mesh.positions.length / 3}`,
		...['x', 'y', 'z'].map((axis) => `property ${scalar} ${axis}`),
		...channels.map((channel) => `property uchar ${channel}`),
		`element face ${mesh.indices.length / 3}`,
		'property list uchar int vertex_indices',
		'end_header',
	];
	const vertices = rows(mesh.positions, 3).map((position, i) => ({
		position,
		colour: channels.map((_, k) => Math.round((mesh.colours[i * 4 + k] ?? 0) * 255)),
	}));
	const faces = rows(mesh.indices, 3);
	const head = Buffer.from(`${header.join('\n')}\n`);
	if (encoding === 'ascii') {
		const lines = vertices.map(({ position, colour }) => [...position, ...colour].join(' '));
		lines.push(...faces.map((face) => `3 ${face.join(' ')}`));
		return Buffer.concat([head, Buffer.from(`${lines.join('\n')}\n`)]);
	}
	const isLittle = encoding === 'binary_little_endian';
	const wide = scalar === 'double' ? 8 : 4;
	const bytes = vertices.flatMap(({ position, colour }) => [
		packed(position, wide, isLittle),
		Buffer.from(colour),
	]);
	bytes.push(...faces.flatMap((face) => [Buffer.from([3]), packed(face, 'int', isLittle)]));
	return Buffer.concat([head, ...bytes]);
}

function rows(values: number[], width: number): number[][] {
	return Array.from({ length: values.length / width }, (_, i) =>
		values.slice(i * width, (i + 1) * width),
	);
}

function packed(values: number[], kind: 4 | 8 | 'int', isLittle: boolean): Buffer {
	const width = kind === 'int' ? 4 : kind;
	const buffer = Buffer.alloc(values.length * width);
	const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
	for (const [i, value] of values.entries()) {
		if (kind === 'int') view.setInt32(i * 4, value, isLittle);
		else if (kind === 8) view.setFloat64(i * 8, value, isLittle);
		else view.setFloat32(i * 4, value, isLittle);
	}
	return buffer;
}

export interface ObjParts {
	mesh?: TestMesh;
	library?: string;
	material?: string;
	hasColours?: boolean;
}

/** An OBJ of one mesh with normals and texture coordinates. */
export function anObj(parts: ObjParts = {}): string {
	const mesh = parts.mesh ?? aBall();
	const lines: string[] = ['# written by a test'];
	if (parts.library !== undefined) lines.push(`mtllib ${parts.library}`);
	for (let i = 0; i < mesh.positions.length / 3; i += 1) {
		const colour = parts.hasColours === true ? mesh.colours.slice(i * 4, i * 4 + 3) : [];
		lines.push(`v ${[...mesh.positions.slice(i * 3, i * 3 + 3), ...colour].join(' ')}`);
		lines.push(`vn ${mesh.normals.slice(i * 3, i * 3 + 3).join(' ')}`);
		lines.push(`vt ${mesh.uvs[i * 2]} ${1 - (mesh.uvs[i * 2 + 1] ?? 0)}`);
	}
	if (parts.material !== undefined) lines.push(`usemtl ${parts.material}`);
	for (let t = 0; t < mesh.indices.length; t += 3) {
		const corners = mesh.indices.slice(t, t + 3).map((i) => `${i + 1}/${i + 1}/${i + 1}`);
		lines.push(`f ${corners.join(' ')}`);
	}
	return `${lines.join('\n')}\n`;
}

/** An STL of one mesh, binary unless asked for text. */
export function anStl(mesh: TestMesh = aBall(), isText = false): Buffer {
	const corner = (index: number) => mesh.positions.slice(index * 3, index * 3 + 3);
	if (isText) {
		const lines = ['solid test'];
		for (let t = 0; t < mesh.indices.length; t += 3) {
			lines.push('facet normal 0 0 0', 'outer loop');
			for (const index of mesh.indices.slice(t, t + 3)) {
				lines.push(`vertex ${corner(index).join(' ')}`);
			}
			lines.push('endloop', 'endfacet');
		}
		return Buffer.from(`${[...lines, 'endsolid test'].join('\n')}\n`);
	}
	const bytes = Buffer.alloc(84 + (mesh.indices.length / 3) * 50);
	bytes.writeUInt32LE(mesh.indices.length / 3, 80);
	for (const [i, index] of mesh.indices.entries()) {
		const at = 84 + Math.floor(i / 3) * 50 + 12 + (i % 3) * 12;
		for (const [k, value] of corner(index).entries()) bytes.writeFloatLE(value, at + k * 4);
	}
	return bytes;
}

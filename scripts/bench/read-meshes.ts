import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { OBJLoader } from 'three/addons/loaders/OBJLoader.js';
import { PLYLoader } from 'three/addons/loaders/PLYLoader.js';
import { STLLoader } from 'three/addons/loaders/STLLoader.js';
import { openSourceFile } from '../digitize/intake/source-file.ts';
import { read } from '../digitize/read/read.ts';
import { NODE_FLAGS } from '../digitize/sandbox/node-flags.ts';

/*
 * Reads the same large meshes with our readers and with three's loaders, each in a process of its own,
 * and prints processor seconds, memory and their ratios. Numbers begin when the modules are loaded.
 *
 *   node scripts/bench/read-meshes.ts [FILE…]      (default: makes meshes of a million triangles)
 */

type Reader = 'ours' | 'three';

interface Measured {
	cpuS: number;
	/** What the memory grew by at its highest. */
	memoryMB: number;
	triangles: number;
}

const MB = 1024 * 1024;
/** How often each reads each mesh, in turns. */
const RUNS = 5;
const RINGS = 518;
const SEGMENTS = 1036;

const [command, ...words] = process.argv.slice(2);
if (command === '--one') await measureHere(words[0] === 'three' ? 'three' : 'ours', words[1] ?? '');
else compareAll(process.argv.slice(2));

function compareAll(named: string[]): void {
	const folder = mkdtempSync(join(tmpdir(), 'xishan-bench-'));
	try {
		const files = named.length > 0 ? named : makeMeshes(folder);
		console.log(
			'file             MB   triangles   ours CPU s   MB   three CPU s   MB   CPU ×   memory ×',
		);
		for (const file of files) compare(file);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function compare(file: string): void {
	const runs = Array.from({ length: RUNS }, () => ({
		ours: inChild('ours', file),
		three: inChild('three', file),
	}));
	const ours = middle(runs.map((run) => run.ours));
	const three = middle(runs.map((run) => run.three));
	const cells = [
		file.split('/').at(-1)?.padEnd(14),
		(statSync(file).size / MB).toFixed(0).padStart(5),
		String(ours.triangles).padStart(11),
		ours.cpuS.toFixed(2).padStart(12),
		ours.memoryMB.toFixed(0).padStart(4),
		three.cpuS.toFixed(2).padStart(13),
		three.memoryMB.toFixed(0).padStart(4),
		(three.cpuS / ours.cpuS).toFixed(1).padStart(7),
		(three.memoryMB / ours.memoryMB).toFixed(1).padStart(10),
	];
	console.log(cells.join(' '));
}

/** The run in the middle by time: a shared machine is now fast, now slow. */
function middle(runs: Measured[]): Measured {
	const byTime = runs.toSorted((a, b) => a.cpuS - b.cpuS);
	return byTime[Math.floor(byTime.length / 2)] ?? { cpuS: 0, memoryMB: 0, triangles: 0 };
}

function inChild(reader: Reader, file: string): Measured {
	// Both as the pipeline is started.
	const args = [...NODE_FLAGS, import.meta.filename, '--one', reader, file];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

async function measureHere(reader: Reader, path: string): Promise<void> {
	const source = await openSourceFile(path, undefined, 'not needed');
	const restMB = process.memoryUsage.rss() / MB;
	const before = process.cpuUsage();
	const triangles = reader === 'ours' ? await readOurs(source, path) : readThree(path);
	const { user, system } = process.cpuUsage(before);
	const memoryMB = process.resourceUsage().maxRSS / 1024 - restMB;
	const measured: Measured = { cpuS: (user + system) / 1e6, memoryMB, triangles };
	console.log(JSON.stringify(measured));
}

async function readOurs(
	source: Awaited<ReturnType<typeof openSourceFile>>,
	path: string,
): Promise<number> {
	const extension = extname(path).slice(1).toLowerCase();
	const scan = await read(source, extension as Parameters<typeof read>[1]);
	return scan.mesh.indices.length / 3;
}

function readThree(path: string): number {
	const bytes = readFileSync(path);
	const { buffer } = bytes;
	switch (extname(path).toLowerCase()) {
		case '.ply':
			return (new PLYLoader().parse(buffer).index?.count ?? 0) / 3;
		case '.stl':
			return (new STLLoader().parse(buffer).getAttribute('position').count ?? 0) / 3;
		default: {
			let corners = 0;
			new OBJLoader().parse(bytes.toString('utf8')).traverse((object) => {
				if ('geometry' in object) corners += Number(cornersOf(object.geometry));
			});
			return corners / 3;
		}
	}
}

function cornersOf(geometry: unknown): number {
	return (geometry as { attributes: { position: { count: number } } }).attributes.position.count;
}

/** A bumpy, painted ball of 1.07 million triangles in millimetres, as scanners write it. */
function makeMeshes(folder: string): string[] {
	const vertices: number[][] = [];
	const faces: number[][] = [];
	for (let ring = 0; ring <= RINGS; ring += 1) {
		for (let segment = 0; segment < SEGMENTS; segment += 1) {
			vertices.push(vertexAt((ring / RINGS) * Math.PI, (segment / SEGMENTS) * 2 * Math.PI));
			if (ring === RINGS) continue;
			const [a, right] = [ring * SEGMENTS + segment, (segment + 1) % SEGMENTS];
			const [b, c] = [ring * SEGMENTS + right, (ring + 1) * SEGMENTS + segment];
			faces.push([a, c, b], [b, c, (ring + 1) * SEGMENTS + right]);
		}
	}
	const files = {
		'binary.ply': binaryPly(vertices, faces),
		'text.ply': textPly(vertices, faces),
		'scan.obj': obj(vertices, faces),
		'textured.obj': texturedObj(vertices, faces),
		'quads.obj': quadObj(vertices, faces),
		'scan.stl': stl(vertices, faces),
	};
	return Object.entries(files).map(([name, bytes]) => {
		writeFileSync(join(folder, name), bytes);
		return join(folder, name);
	});
}

function vertexAt(theta: number, phi: number): number[] {
	const bumps = Math.sin(theta * 31) * Math.cos(phi * 47) + Math.sin(theta * 211 + phi * 173) / 4;
	const radiusMM = 225 + bumps * 2;
	const [sin, cos] = [Math.sin(theta), Math.cos(theta)];
	const place = [sin * Math.sin(phi), cos, sin * Math.cos(phi)].map((v) => v * radiusMM);
	return [...place, 120 + Math.round(bumps * 40), 100, 90 + Math.round(bumps * 30)];
}

function plyHeader(format: string, vertices: number, faces: number): string {
	const properties = ['x', 'y', 'z'].map((axis) => `property float ${axis}`);
	const colours = ['red', 'green', 'blue'].map((channel) => `property uchar ${channel}`);
	return [
		`ply\nformat ${format} 1.0\nelement vertex ${vertices}`,
		...properties,
		...colours,
		`element face ${faces}\nproperty list uchar int vertex_indices\nend_header\n`,
	].join('\n');
}

function binaryPly(vertices: number[][], faces: number[][]): Buffer {
	const head = Buffer.from(plyHeader('binary_little_endian', vertices.length, faces.length));
	const body = Buffer.alloc(vertices.length * 15 + faces.length * 13);
	let at = 0;
	for (const [x = 0, y = 0, z = 0, ...colour] of vertices) {
		for (const value of [x, y, z]) at = body.writeFloatLE(value, at);
		for (const value of colour) at = body.writeUInt8(value, at);
	}
	for (const face of faces) {
		at = body.writeUInt8(3, at);
		for (const index of face) at = body.writeInt32LE(index, at);
	}
	return Buffer.concat([head, body]);
}

function textPly(vertices: number[][], faces: number[][]): string {
	const lines = vertices.map(([x = 0, y = 0, z = 0, ...colour]) =>
		[x.toFixed(6), y.toFixed(6), z.toFixed(6), ...colour].join(' '),
	);
	for (const face of faces) lines.push(`3 ${face.join(' ')}`);
	return `${plyHeader('ascii', vertices.length, faces.length)}${lines.join('\n')}\n`;
}

function obj(vertices: number[][], faces: number[][]): string {
	return text([...vertexLines(vertices), ...faces.map((face) => faceLine(face, (k) => `${k}`))]);
}

function vertexLines(vertices: number[][]): string[] {
	return vertices.map(
		([x = 0, y = 0, z = 0]) => `v ${x.toFixed(6)} ${y.toFixed(6)} ${z.toFixed(6)}`,
	);
}

/** OBJ counts from 1. */
function faceLine(face: number[], corner: (number: number) => string): string {
	return `f ${face.map((index) => corner(index + 1)).join(' ')}`;
}

function text(lines: string[]): string {
	return `${lines.join('\n')}\n`;
}

/** As photogrammetry writes it: texture coordinates and normals of every vertex. */
function texturedObj(vertices: number[][], faces: number[][]): string {
	const uvs = vertices.map((_, i) => {
		const [u, v] = [(i % SEGMENTS) / SEGMENTS, Math.floor(i / SEGMENTS) / RINGS];
		return `vt ${u.toFixed(6)} ${v.toFixed(6)}`;
	});
	const normals = vertices.map(([x = 0, y = 0, z = 0]) => {
		const length = Math.hypot(x, y, z);
		return `vn ${[x, y, z].map((v) => (v / length).toFixed(4)).join(' ')}`;
	});
	const lines = faces.map((face) => faceLine(face, (k) => `${k}/${k}/${k}`));
	return text([...vertexLines(vertices), ...uvs, ...normals, ...lines]);
}

/** The same squares uncut, as modelling programs write them. */
function quadObj(vertices: number[][], faces: number[][]): string {
	const quads = faces.flatMap(([a = 0, c = 0, b = 0], i) => {
		const next = faces[i + 1];
		return i % 2 === 0 && next ? [[a, c, next[2] ?? 0, b]] : [];
	});
	return obj(vertices, quads);
}

function stl(vertices: number[][], faces: number[][]): Buffer {
	const body = Buffer.alloc(84 + faces.length * 50);
	body.writeUInt32LE(faces.length, 80);
	for (const [i, face] of faces.entries()) {
		let at = 84 + i * 50 + 12;
		for (const index of face) {
			for (const value of vertices[index]?.slice(0, 3) ?? []) at = body.writeFloatLE(value, at);
		}
	}
	return body;
}

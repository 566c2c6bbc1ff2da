import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Document, NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer';
import { describe, expect, it } from 'vitest';
import { minerLamp } from '../../../scripts/demo/models/miner-lamp.ts';
import { encodeGlb } from '../../../scripts/demo/write-glb.ts';

const SOURCES_DIR = resolve(import.meta.dirname, '../../../assets/sources');
const names = readdirSync(SOURCES_DIR).filter((name) => name.endsWith('.glb'));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function open(name: string): Promise<Document> {
	await MeshoptDecoder.ready;
	return new NodeIO()
		.registerExtensions(ALL_EXTENSIONS)
		.registerDependencies({ 'meshopt.decoder': MeshoptDecoder })
		.read(resolve(SOURCES_DIR, name));
}

describe('the committed sample models', () => {
	it('are at least ten, and 20 MB together at most', () => {
		expect(names.length).toBeGreaterThanOrEqual(10);
		const bytes = names.reduce((sum, name) => sum + statSync(resolve(SOURCES_DIR, name)).size, 0);
		expect(bytes).toBeLessThanOrEqual(20_000_000);
	});

	it('come out of their program again, byte for byte', async () => {
		const made = sha256(await encodeGlb(minerLamp()));
		expect(made).toBe(sha256(readFileSync(resolve(SOURCES_DIR, 'miner-lamp.glb'))));
	});

	describe.each(names)('%s', (name) => {
		it('is as dense as a scan, painted, upright on the ground and centred', async () => {
			const doc = await open(name);
			const root = doc.getRoot();
			const primitives = root.listMeshes().flatMap((mesh) => mesh.listPrimitives());
			const triangles = primitives.reduce(
				(sum, primitive) => sum + (primitive.getIndices()?.getCount() ?? 0) / 3,
				0,
			);
			expect(triangles).toBeGreaterThanOrEqual(100_000);
			expect(triangles).toBeLessThanOrEqual(1_000_000);
			const isPainted = primitives.some(
				(primitive) =>
					primitive.getAttribute('COLOR_0') ?? primitive.getMaterial()?.getBaseColorTexture(),
			);
			expect(isPainted).toBe(true);
			expect(root.getAsset().copyright).toContain('CC0');
			const { min, max } = bounds(doc);
			const size = Math.max(...[0, 1, 2].map((c) => (max[c] ?? 0) - (min[c] ?? 0)));
			expect(Math.abs(min[1]) / size).toBeLessThan(0.01);
			expect(Math.abs(min[0] + max[0]) / 2 / size).toBeLessThan(0.02);
			expect(Math.abs(min[2] + max[2]) / 2 / size).toBeLessThan(0.02);
		});
	});
});

type Corner = [x: number, y: number, z: number];

/** The box around every vertex where it stands in the scene, metres. */
function bounds(doc: Document): { min: Corner; max: Corner } {
	const min: Corner = [Infinity, Infinity, Infinity];
	const max: Corner = [-Infinity, -Infinity, -Infinity];
	for (const node of doc.getRoot().listNodes()) {
		const matrix = node.getWorldMatrix();
		for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
			const position = primitive.getAttribute('POSITION');
			const [low, high] = [
				position?.getMinNormalized([]) ?? [],
				position?.getMaxNormalized([]) ?? [],
			];
			for (const c of [0, 1, 2] as const) {
				// Our nodes only move and scale evenly.
				const [scale = 1, offset = 0] = [matrix[c * 5], matrix[12 + c]];
				min[c] = Math.min(min[c], (low[c] ?? 0) * scale + offset);
				max[c] = Math.max(max[c], (high[c] ?? 0) * scale + offset);
			}
		}
	}
	return { min, max };
}

/// <reference path="../../../../../scripts/digitize/untyped-packages.d.ts" />
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformIO } from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRDracoMeshCompression } from '@gltf-transform/extensions';
import { createEncoderModule } from 'draco3dgltf';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../../../scripts/digitize/health/examine.ts';
import { boundsOf } from '../../../../../scripts/digitize/mesh/inspect.ts';
import { aBall, aGlb, aGltf, aTexture, type LooseGltf } from '../../../../support/meshes.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';
import { readSurface, sourceOf } from '../../source-of.ts';

class MemoryIO extends PlatformIO {
	protected override async readURI(): Promise<never> {
		throw new Error('nothing to read');
	}
	protected override resolve(): string {
		return '';
	}
	protected override dirname(): string {
		return '';
	}
}

const triangles = aBall().indices.length / 3;
const top = boundsOf(Float32Array.from(aBall().positions)).max[1];
const readGlb = (bytes: Uint8Array) => readSurface(sourceOf('scan.glb', bytes));
const list = (json: LooseGltf, key: string) => json[key] as LooseGltf[];

describe('reading glTF', () => {
	it('takes positions, normals, colours and material from a GLB', async () => {
		const { mesh, materials } = await readGlb(aGlb({ hasColours: true }));
		expect(mesh.indices.length / 3).toBe(triangles);
		expect(mesh.positions).toEqual(Float32Array.from(aBall().positions));
		expect(mesh.colours?.slice(0, 4)).toEqual(Uint16Array.of(13107, 19661, 45874, 65535));
		expect(materials[mesh.materialOf[0] ?? 9]).toMatchObject({ name: 'glaze', roughness: 0.4 });
	});

	it('decodes meshopt, also under its Khronos name', async () => {
		await MeshoptEncoder.ready;
		const io = new MemoryIO()
			.registerExtensions([EXTMeshoptCompression])
			.registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
		const document = await io.readBinary(new Uint8Array(aGlb()));
		document.createExtension(EXTMeshoptCompression).setRequired(true);
		const packed = Buffer.from(await io.writeBinary(document));
		expect(packed.includes('EXT_meshopt_compression')).toBe(true);
		const renamed = Buffer.from(
			packed.toString('latin1').replaceAll('EXT_meshopt', 'KHR_meshopt'),
			'latin1',
		);
		for (const bytes of [packed, renamed]) {
			const { mesh } = await readGlb(bytes);
			expect(mesh.indices.length / 3).toBe(triangles);
			expect(boundsOf(mesh.positions).max[1]).toBeCloseTo(top, 4);
		}
	});

	it('decodes Draco', async () => {
		const io = new MemoryIO()
			.registerExtensions([KHRDracoMeshCompression])
			.registerDependencies({ 'draco3d.encoder': await createEncoderModule() });
		const document = await io.readBinary(new Uint8Array(aGlb()));
		document.createExtension(KHRDracoMeshCompression).setRequired(true);
		const { mesh } = await readGlb(await io.writeBinary(document));
		expect(mesh.indices.length / 3).toBe(triangles);
		expect(boundsOf(mesh.positions).max[1]).toBeCloseTo(top, 3);
	});

	it('reads buffers and images beside a .gltf, with blanks in their names, and data URIs', async () => {
		await using folder = await temporaryFolder('gltf');
		const { json, bin } = aGltf({ texture: await aTexture() });
		Object.assign(list(json, 'buffers')[0] ?? {}, { uri: 'my%20mesh.bin' });
		const image = { uri: `data:image/png;base64,${(await aTexture(32)).toString('base64')}` };
		json.images = [image];
		await writeFile(join(folder.path, 'my mesh.bin'), bin);
		const scan = await readSurface(sourceOf('a.gltf', JSON.stringify(json), folder.path));
		expect(scan.mesh.indices.length / 3).toBe(triangles);
		expect(scan.textures).toMatchObject([{ widthPx: 32, heightPx: 32 }]);
		expect(scan.materials[0]?.maps.baseColor).toEqual({ texture: 0, strength: 1 });
	});

	it('places instances by their nodes and keeps mirrored ones right side out', async () => {
		const bytes = aGlb({
			change: (json) => {
				json.nodes = [
					{ children: [1, 2] },
					{ mesh: 0, translation: [5, 0, 0] },
					{ mesh: 0, scale: [-1, 1, 1], translation: [-5, 0, 0] },
				];
			},
		});
		const { mesh } = await readGlb(bytes);
		const { min, max } = boundsOf(mesh.positions);
		expect(min[0]).toBeLessThan(-5.9);
		expect(max[0]).toBeGreaterThan(5.9);
		const one = examine((await readGlb(aGlb())).mesh).health.signedVolume;
		expect(examine(mesh).health.signedVolume).toBeCloseTo(2 * one, 3);
	});

	it('unrolls strips and fans', async () => {
		const quad = { ...aBall(40), indices: [0, 1, 2, 3] };
		for (const [mode, second] of [
			[5, [1, 3, 2]],
			[6, [0, 2, 3]],
		] as const) {
			const change = (json: LooseGltf) => {
				const primitive = list(list(json, 'meshes')[0] ?? {}, 'primitives')[0];
				Object.assign(primitive ?? {}, { mode });
			};
			const { mesh } = await readGlb(aGlb({ mesh: quad, change }));
			expect([...mesh.indices]).toEqual([0, 1, 2, ...second]);
		}
	});

	it('bakes a texture transform into the coordinates', async () => {
		const change = (json: LooseGltf) => {
			const transform = { offset: [0.5, 0.25], scale: [2, 1] };
			json.materials = [
				{
					pbrMetallicRoughness: {
						baseColorTexture: { index: 0, extensions: { KHR_texture_transform: transform } },
					},
				},
			];
		};
		const { mesh } = await readGlb(aGlb({ texture: await aTexture(), change }));
		const [u = 0, v = 0] = aBall().uvs.slice(40, 42);
		expect(mesh.uvs?.[40]).toBeCloseTo(u * 2 + 0.5, 5);
		expect(mesh.uvs?.[41]).toBeCloseTo(v + 0.25, 5);
	});

	it('says what it leaves out', async () => {
		const change = (json: LooseGltf) => {
			json.animations = [{}];
			json.textures = [{ extensions: { KHR_texture_basisu: { source: 0 } } }];
		};
		const { findings } = await readGlb(aGlb({ texture: await aTexture(), change }));
		expect(findings.map((f) => f.code)).toEqual(['animation-left-out', 'texture-left-out']);
	});
});

import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { boundsOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { type ArSubject, buildUsdz } from '../../../../scripts/digitize/usdz/build-usdz.ts';
import { aBall, aGlb, aTexture, type LooseGltf } from '../../../support/meshes.ts';
import { readSurface, sourceOf } from '../source-of.ts';
import { type PackedFile, readMeshes, readPackage, type UsdMesh } from './read-usdz.ts';

async function aSubject(parts: Parameters<typeof aGlb>[0]): Promise<ArSubject> {
	return await readSurface(sourceOf('mid.glb', aGlb(parts)));
}

/** A material with every map, all the same image, and factors that must not be lost. */
function withAllMaps(json: LooseGltf): void {
	const map = { index: 0 };
	json.materials = [
		{
			pbrMetallicRoughness: {
				baseColorFactor: [0.5, 1, 1, 1],
				baseColorTexture: map,
				metallicRoughnessTexture: map,
				roughnessFactor: 0.5,
			},
			normalTexture: { index: 0, scale: 0.5 },
			occlusionTexture: map,
			emissiveTexture: map,
			emissiveFactor: [0.2, 0.2, 0.2],
			alphaMode: 'MASK',
			alphaCutoff: 0.4,
		},
	];
}

async function packed(subject: ArSubject) {
	const { usdz } = await buildUsdz(subject);
	const files = await readPackage(usdz);
	const usda = String(files[0]?.bytes);
	return { usdz, files, usda, meshes: readMeshes(usda) };
}

/** What must hold of every package. */
async function expectSound(files: PackedFile[], usda: string, meshes: UsdMesh[]): Promise<void> {
	for (const { name, dataOffset, isStored, isIntact } of files) {
		expect(dataOffset % 64, name).toBe(0);
		expect(isStored, name).toBe(true);
		expect(isIntact, name).toBe(true);
	}
	expect(files[0]?.name).toBe('model.usda');
	expect(usda.startsWith('#usda 1.0\n')).toBe(true);
	expect(usda).toContain('defaultPrim = "Root"');
	expect(usda).toContain('def Xform "Root"');
	expect(usda).toContain('metersPerUnit = 1\n');
	expect(usda).toContain('upAxis = "Y"');
	for (const { counts, indices, points, normals, uvs, atlasUvs } of meshes) {
		expect(new Set(counts)).toEqual(new Set([3]));
		expect(indices).toHaveLength(counts.length * 3);
		expect(Math.max(...indices)).toBe(points.length / 3 - 1);
		expect(Math.min(...indices)).toBe(0);
		expect([0, points.length]).toContain(normals.length);
		expect([0, (points.length / 3) * 2]).toContain(uvs.length);
		expect([0, indices.length * 2]).toContain(atlasUvs.length);
		expect([...points, ...normals, ...uvs, ...atlasUvs].every(Number.isFinite)).toBe(true);
	}
	const named = [...usda.matchAll(/@([^@]+)@/g)].map((match) => match[1]);
	expect(new Set(named)).toEqual(new Set(files.slice(1).map((file) => file.name)));
	for (const file of files.slice(1)) await sharp(file.bytes).stats();
}

describe('a package for augmented reality', () => {
	let texture: Buffer;
	beforeAll(async () => {
		texture = await aTexture(64);
	});

	it('holds the piece in metres, whole, with the same bytes every time', async () => {
		const subject = await aSubject({ mesh: aBall(2_000), texture });
		const { usdz, files, usda, meshes } = await packed(subject);
		await expectSound(files, usda, meshes);
		const [mesh] = meshes;
		const { min, max } = boundsOf(subject.mesh.positions);
		for (const [k, value] of [...min, ...max].entries()) {
			expect(mesh?.extent[k]).toBeCloseTo(value, 3);
		}
		expect(mesh?.counts).toHaveLength(subject.mesh.indices.length / 3);
		expect(mesh?.uvs[1]).toBeCloseTo(1 - (subject.mesh.uvs?.[1] ?? 0), 3);
		expect(Buffer.from((await buildUsdz(subject)).usdz).equals(Buffer.from(usdz))).toBe(true);
	});

	it('connects every map, with its factors in the pixels', async () => {
		const png = await sharp(texture).ensureAlpha(0.7).png().toBuffer();
		const subject = await aSubject({ texture: png, change: withAllMaps });
		const { files, usda, meshes } = await packed(subject);
		await expectSound(files, usda, meshes);
		for (const [input, output] of [
			['diffuseColor', 'baseColor.outputs:rgb'],
			['opacity', 'baseColor.outputs:a'],
			['roughness', 'metallicRoughness.outputs:g'],
			['metallic', 'metallicRoughness.outputs:b'],
			['occlusion', 'occlusion.outputs:r'],
			['normal', 'normal.outputs:rgb'],
			['emissiveColor', 'emissive.outputs:rgb'],
		]) {
			expect(usda).toContain(`inputs:${input}.connect = </Root/Materials/Material_0/${output}>`);
		}
		expect(usda).toContain('inputs:opacityThreshold = .4');
		expect(usda).toMatch(/inputs:scale = \(2, 2, 2, 1\)/);
		expect(files.slice(1).map((f) => f.name.split('.')[1])).toEqual(['png', 'jpg', 'jpg', 'jpg']);
		const pixel = async (file: PackedFile | undefined) =>
			[...(await sharp(file?.bytes).raw().toBuffer())].slice(0, 3);
		const [red = 0, green = 0] = await pixel(files[1]);
		// Half the light of 220 is 163 in sRGB; green keeps its 180.
		expect(Math.abs(red - 163)).toBeLessThan(3);
		expect(Math.abs(green - 180)).toBeLessThan(3);
		const [, rough = 0] = await pixel(files[2]);
		expect(Math.abs(rough - 90)).toBeLessThan(4);
	});

	it('shows painted vertices by a texture that gives each corner its colour', async () => {
		const subject = await aSubject({ mesh: aBall(1_000), hasColours: true });
		const { files, usda, meshes } = await packed(subject);
		await expectSound(files, usda, meshes);
		expect(usda).toContain('inputs:varname = "st1"');
		const { data, info } = await sharp(files[1]?.bytes).raw().toBuffer({ resolveWithObject: true });
		const [mesh] = meshes;
		const colours = subject.mesh.colours ?? new Uint16Array(0);
		let worst = 0;
		for (let corner = 0; corner < (mesh?.indices.length ?? 0); corner += 7) {
			const x = Math.floor((mesh?.atlasUvs[corner * 2] ?? 0) * info.width);
			const y = Math.floor((1 - (mesh?.atlasUvs[corner * 2 + 1] ?? 0)) * info.height);
			const byte = data[(y * info.width + x) * 3] ?? 0;
			const linear = (colours[nearest(subject, mesh, corner) * 4] ?? 0) / 65535;
			worst = Math.max(worst, Math.abs(byte / 255 - linear ** (1 / 2.2)));
		}
		expect(worst).toBeLessThan(0.04);
	});

	it('stays under 10 MB by giving up pixels and triangles, whatever the piece', async () => {
		const noise = await sharp(randomBytes(1024), {
			raw: { width: 1024, height: 1024, channels: 3 },
		})
			.png()
			.toBuffer();
		const parts = 12;
		const change = (json: LooseGltf) => manyMaterials(json, parts);
		const subject = await aSubject({ mesh: aBall(2_000), texture: noise, change });
		const { usdz } = await buildUsdz(subject);
		expect(usdz.length).toBeLessThanOrEqual(10_000_000);
		const files = await readPackage(usdz);
		await expectSound(files, String(files[0]?.bytes), readMeshes(String(files[0]?.bytes)));
		expect(files).toHaveLength(parts + 1);
	});
});

/** Pixels no codec can shorten, always the same. */
function randomBytes(px: number): Buffer {
	let state = 1;
	return Buffer.from(
		Array.from({ length: px * px * 3 }, () => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return state >>> 24;
		}),
	);
}

/** Cuts the mesh into parts whose base colours differ, so that each needs an image of its own. */
function manyMaterials(json: LooseGltf, count: number): void {
	const [mesh] = json.meshes as { primitives: LooseGltf[] }[];
	const [whole = {}] = mesh?.primitives ?? [];
	const accessors = json.accessors as LooseGltf[];
	const all = { ...accessors[Number(whole.indices)] };
	const corners = Math.floor(Number(all.count) / count / 3) * 3;
	json.materials = Array.from({ length: count }, (_, i) => ({
		pbrMetallicRoughness: {
			baseColorFactor: [1 - i / 40, 1, 1, 1],
			baseColorTexture: { index: 0 },
		},
	}));
	if (mesh === undefined) return;
	mesh.primitives = Array.from({ length: count }, (_, i) => {
		const indices = accessors.push({ ...all, count: corners, byteOffset: i * corners * 4 }) - 1;
		return { ...whole, indices, material: i };
	});
}

/** The vertex of the piece at a corner of a package's mesh. */
function nearest({ mesh }: ArSubject, packedMesh: UsdMesh | undefined, corner: number): number {
	const at = (packedMesh?.indices[corner] ?? 0) * 3;
	const [x = 0, y = 0, z = 0] = packedMesh?.points.slice(at, at + 3) ?? [];
	let best = 0;
	let least = Infinity;
	for (let i = 0; i < mesh.positions.length; i += 3) {
		const d =
			((mesh.positions[i] ?? 0) - x) ** 2 +
			((mesh.positions[i + 1] ?? 0) - y) ** 2 +
			((mesh.positions[i + 2] ?? 0) - z) ** 2;
		if (d >= least) continue;
		least = d;
		best = i / 3;
	}
	return best;
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LINEAR_OF_BYTE } from '../../../../scripts/digitize/colour.ts';
import { areaOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { readObj } from '../../../../scripts/digitize/read/read-obj.ts';
import { aBall, anObj, aTexture } from '../../../support/meshes.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';

const parse = (text: string, folder?: string) => readObj(sourceOf('scan.obj', text, folder));
const square = 'v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n';

describe('reading OBJ', () => {
	it('gives back the mesh that was written, one vertex a distinct corner', async () => {
		const { mesh } = await parse(anObj());
		expect(mesh.indices.length).toBe(aBall().indices.length);
		const used = new Set(aBall().indices).size;
		expect(mesh.materialOf.length).toBe(used);
		const corner = (aBall().indices[7] ?? 0) * 3;
		const vertex = (mesh.indices[7] ?? 0) * 3;
		expect(mesh.positions.slice(vertex, vertex + 3)).toEqual(
			Float32Array.from(aBall().positions.slice(corner, corner + 3)),
		);
	});

	it('counts negative indices back from the latest vertex', async () => {
		const { mesh } = await parse(`${square}f -4 -3 -2\nv 9 9 9\nf -5 -3 -1\n`);
		expect([...mesh.positions.slice(12)]).toEqual([9, 9, 9]);
		expect([...mesh.indices]).toEqual([0, 1, 2, 0, 2, 4]);
	});

	it('takes positions for vertices until a corner says more, in the midst of a face too', async () => {
		const plain = `usemtl a\n${square}f 1 2 3\r\nf 1  3 4\nf 1 3 4 \n`;
		const untold = await parse(plain);
		expect([...untold.mesh.indices]).toEqual([0, 1, 2, 0, 2, 3, 0, 2, 3]);
		expect([...untold.mesh.materialOf]).toEqual([1, 1, 1, 1]);

		const { mesh } = await parse(`${plain}vt 0.25 0.5\nf 1 2 3/1\nusemtl b\nf 1 2 4\n`);
		expect([...mesh.indices.slice(0, 12)]).toEqual([0, 1, 2, 0, 2, 3, 0, 2, 3, 0, 1, 4]);
		expect([...mesh.materialOf]).toEqual([1, 1, 1, 1, 1, 2, 2, 2]);
		expect([...(mesh.uvs?.slice(8, 10) ?? [])]).toEqual([0.25, 0.5]);
		expect(mesh.positions.slice(12, 15)).toEqual(mesh.positions.slice(6, 9));
	});

	it('refuses vertices that are not there, however a face is written', async () => {
		for (const face of ['f 1 2 9', 'f 1 2 0', 'f 1 2 99999999999999999999', 'f 1//1 2//1 9//1']) {
			await expect(parse(`${square}vn 0 0 1\nf 1 2 3\n${face}\n`)).rejects.toMatchObject({
				code: 'index-out-of-range',
			});
		}
	});

	it('cuts polygons into fans and reads every way to write a corner', async () => {
		const more = 'vt 0 0\nvn 0 0 1\n';
		for (const face of ['f 1 2 3 4', 'f 1/1 2/1 3/1 4/1', 'f 1//1 2//1 3//1 4//1']) {
			const { mesh } = await parse(`${square}${more}${face}\n`);
			expect([...mesh.indices]).toEqual([0, 1, 2, 0, 2, 3]);
		}
	});

	it('cuts concave polygons within their outline', async () => {
		const letterL = 'v 0 0 0\nv 2 0 0\nv 2 1 0\nv 1 1 0\nv 1 2 0\nv 0 2 0\n';
		for (const face of ['f 2 3 4 5 6 1', 'f 5 4 3 2 1 6']) {
			const { mesh } = await parse(`${letterL}${face}\n`);
			expect(mesh.indices.length).toBe(12);
			expect(areaOf(mesh)).toBeCloseTo(3, 6);
		}
	});

	it('cuts quads where they do not fold, however their corners are written', async () => {
		const dart = 'v 0 0 0\nv 2 1 0\nv 4 0 0\nv 2 3 0\nvt 0 0\nvt 1 1\nvn 0 0 1\n';
		for (const turn of [0, 1, 2, 3]) {
			const order = [0, 1, 2, 3].map((k) => ((k + turn) % 4) + 1);
			for (const write of [`#`, `#/1`, `#//1`, `#/2/1`]) {
				const face = order.map((k) => write.replace('#', `${k}`)).join(' ');
				// Twice: the first of its kind is read another way than those that follow.
				const { mesh } = await parse(`${dart}f ${face}\nf ${face}\nf ${face}\n`);
				expect(mesh.indices.length).toBe(18);
				expect(areaOf(mesh)).toBeCloseTo(12, 6);
				expect(mesh.uvs === undefined).toBe(!write.includes('/'));
			}
		}
	});

	it('follows a line that a backslash continues, and ends without a line end', async () => {
		const { mesh } = await parse(`g a group\no an object\ns 1\n${square}f 1 2 \\\n 3 4`);
		expect([...mesh.indices]).toEqual([0, 1, 2, 0, 2, 3]);
	});

	it('reads files longer than a block', async () => {
		const ball = aBall(20_000);
		const { mesh } = await parse(anObj({ mesh: ball }));
		expect(mesh.indices.length).toBe(ball.indices.length);
		expect(areaOf(mesh)).toBeCloseTo(
			areaOf({
				positions: Float32Array.from(ball.positions),
				indices: Uint32Array.from(ball.indices),
			}),
			4,
		);
	});

	it('finds textures wherever authoring programs left their paths', async () => {
		await using folder = await temporaryFolder('obj');
		await mkdir(join(folder.path, 'maps'));
		await writeFile(join(folder.path, 'maps', 'Glaze 1.png'), await aTexture());
		const paths = [
			'C:\\Users\\me\\glaze 1.PNG',
			'/Users/me/glaze 1.png',
			'..\\work\\Glaze 1.png',
			'maps\\glaze 1.png',
		];
		for (const path of paths) {
			await writeFile(join(folder.path, 'a.mtl'), `newmtl a\nmap_Kd ${path}\n`);
			const text = `mtllib a.mtl\n${square}usemtl a\nf 1 2 3\n`;
			const { textures, findings } = await parse(text, folder.path);
			expect(textures).toMatchObject([{ widthPx: 64 }]);
			expect(findings.map((f) => f.code)).toEqual(['found-by-name']);
			expect(JSON.stringify(findings)).not.toContain('/Users/me');
		}
	});

	it('refuses a path that climbs out, even to a file that is there', async () => {
		await using folder = await temporaryFolder('obj');
		await mkdir(join(folder.path, 'in'));
		await writeFile(join(folder.path, 'secret.png'), await aTexture());
		await writeFile(join(folder.path, 'in', 'a.mtl'), 'newmtl a\nmap_Kd ../secret.png\n');
		const text = `mtllib a.mtl\n${square}usemtl a\nf 1 2 3\n`;
		await expect(parse(text, join(folder.path, 'in'))).rejects.toMatchObject({
			code: 'reference-outside',
		});
	});

	it('reads names in the encoding of Chinese Windows', async () => {
		await using folder = await temporaryFolder('obj');
		const jar = Buffer.from([0xb9, 0xde]); // 罐 in GB18030
		const mtl = [Buffer.from('newmtl '), jar, Buffer.from('\nmap_Kd '), jar, Buffer.from('.png\n')];
		await writeFile(join(folder.path, 'a.mtl'), Buffer.concat(mtl));
		await writeFile(join(folder.path, '罐.png'), await aTexture());
		const obj = [Buffer.from(`mtllib a.mtl\n${square}usemtl `), jar, Buffer.from('\nf 1 2 3\n')];
		const scan = await readObj(sourceOf('scan.obj', Buffer.concat(obj), folder.path));
		expect(scan.textures).toMatchObject([{ name: '罐.png' }]);
		expect(scan.materials[1]?.maps.baseColor?.texture).toBe(0);
	});

	it('reads vertex colours behind the position, as shares or bytes', async () => {
		for (const colour of ['1 0.50196 0', '255 128 0']) {
			const { mesh } = await parse(
				`v 0 0 0 ${colour}\nv 1 0 0 ${colour}\nv 0 1 0 ${colour}\nf 1 2 3\n`,
			);
			expect(mesh.colours?.[0]).toBe(65535);
			expect(Math.abs((mesh.colours?.[1] ?? 0) - (LINEAR_OF_BYTE[128] ?? 0))).toBeLessThan(3);
		}
	});

	it('finds materials and textures whose names have blanks', async () => {
		await using folder = await temporaryFolder('obj');
		const mtl = [
			'newmtl red glaze',
			'Kd 0.8 0.8 0.8',
			'Pr 0.3',
			'map_Kd -s 1 1 1 my texture.png',
			'newmtl bronze',
			'Kd 0.5 0.25 0',
			'Pm 1',
			'Ns 30',
		];
		await writeFile(join(folder.path, 'my lib.mtl'), mtl.join('\n'));
		await writeFile(join(folder.path, 'my texture.png'), await aTexture());
		const text = `${anObj({ library: 'my lib.mtl', material: 'red glaze' })}usemtl bronze\nf 1 2 3\n`;
		const { materials, textures, findings } = await parse(text, folder.path);
		expect(textures).toMatchObject([{ name: 'my texture.png', widthPx: 64 }]);
		expect(materials[1]).toMatchObject({
			baseColor: [1, 1, 1, 1],
			roughness: 0.3,
			maps: { baseColor: { texture: 0 } },
		});
		expect(materials[2]).toMatchObject({ metallic: 1, roughness: 0.25 });
		expect(materials[2]?.baseColor[1]).toBeCloseTo(0.0509, 3);
		expect(findings).toEqual([]);
	});

	it('goes on without a material file or texture that is missing, and says so', async () => {
		await using folder = await temporaryFolder('obj');
		await writeFile(join(folder.path, 'a.mtl'), 'newmtl a\nmap_Kd C:\\work\\gone.jpg\n');
		const text = `mtllib a.mtl\nmtllib none.mtl\n${square}usemtl a\nf 1 2 3\n`;
		const { findings } = await parse(text, folder.path);
		expect(findings.map((f) => [f.code, f.values.file])).toEqual([
			['texture-missing', 'gone.jpg'],
			['material-file-missing', 'none.mtl'],
		]);
	});

	it('is not misled by a byte order mark before the first vertex', async () => {
		const { mesh } = await parse(`\ufeff${square}f 1 2 3 4\n`);
		expect(mesh.indices.length).toBe(6);
	});

	it('reads a unit out of a comment, with a blank or without', async () => {
		for (const comment of ['# units: cm', '#units: cm']) {
			const { unitHint } = await parse(`${comment}\n${square}f 1 2 3\n`);
			expect(unitHint).toContain('units: cm');
		}
	});

	it('takes the library of its own name where the one it names is not there, or it names none', async () => {
		await using folder = await temporaryFolder('twin');
		await writeFile(join(folder.path, 'scan.mtl'), 'newmtl glaze\nKd 1 0 0\n');
		for (const library of ['mtllib renamed.mtl\n', '']) {
			const obj = `${library}${square}usemtl glaze\nf 1 2 3\n`;
			const { materials, findings } = await parse(obj, folder.path);
			expect(materials.find(({ name }) => name === 'glaze')?.baseColor).toEqual([1, 0, 0, 1]);
			const values = { file: 'scan.mtl' };
			expect(findings).toEqual([{ code: 'found-by-name', level: 'info', values }]);
		}
	});

	it('shows what MeshLab calls wholly transparent, and reads names in quotes', async () => {
		await using folder = await temporaryFolder('meshlab');
		const mtl = 'newmtl glaze\nKd 1 1 1\nTr 1.000000\nmap_Kd "my tex.png"\n';
		await writeFile(join(folder.path, 'scan.mtl'), mtl);
		await writeFile(join(folder.path, 'my tex.png'), await aTexture());
		const obj = `mtllib "scan.mtl"\n${square}vt 0 0\nusemtl glaze\nf 1/1 2/1 3/1\n`;
		const { materials, textures, findings } = await parse(obj, folder.path);
		const glaze = materials.find(({ name }) => name === 'glaze');
		expect(glaze).toMatchObject({ baseColor: [1, 1, 1, 1], alphaMode: 'OPAQUE' });
		expect(textures.map(({ name }) => name)).toEqual(['my tex.png']);
		expect(findings).toEqual([]);
	});
});

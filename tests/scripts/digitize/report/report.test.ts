import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding, MeshReport } from '#schema/asset/digitize-report';
import { LANGUAGES } from '#schema/value/text';
import { heal } from '../../../../scripts/digitize/health/heal.ts';
import { mergeMaterials } from '../../../../scripts/digitize/mesh/merge-materials.ts';
import type { Mesh } from '../../../../scripts/digitize/mesh/mesh.ts';
import { orient } from '../../../../scripts/digitize/mesh/orient.ts';
import { makeMeshReport } from '../../../../scripts/digitize/report/make-mesh-report.ts';
import { makePlainReport } from '../../../../scripts/digitize/report/make-plain-report.ts';
import { measureMesh } from '../../../../scripts/digitize/report/measure-mesh.ts';
import { reportWords, say } from '../../../../scripts/digitize/report/words.ts';
import { aTexture } from '../../../support/meshes.ts';
import { aCube, aScan, aSurface, together } from '../health/surfaces.ts';

const PIPELINE = resolve(import.meta.dirname, '../../../../scripts/digitize');

async function reported(
	mesh: Mesh,
	change: (scan: ReturnType<typeof aScan>) => void = () => undefined,
	deviations?: MeshReport['deviations'],
): Promise<MeshReport> {
	const scan = aScan(mesh);
	change(scan);
	const healed = heal(scan, 'scan.ply');
	const oriented = orient(scan, healed.health, { unit: undefined, up: undefined }, 'scan.ply');
	const materials = mergeMaterials(scan);
	const measured = await measureMesh(scan, healed, oriented, materials);
	return await makeMeshReport(measured, deviations === undefined ? {} : { deviations });
}

const codesOf = (findings: Finding[], level: Finding['level']) =>
	findings.filter((f) => f.level === level).map((f) => f.code);

describe('the report of a mesh', () => {
	it('states sizes in millimetres and what is open, warns and advises', async () => {
		const { measures, findings, sentences } = await reported(aCube(300, 0, 5));
		expect(measures).toMatchObject({
			sizeMm: [300, 300, 300],
			holes: 1,
			largestHolePerimeterMm: 1200,
			holesAreaMm2: 90_000,
			areaMm2: 450_000,
			isWatertight: false,
			indicators: { surfaceCompleteness: 0.833333 },
		});
		expect(measures).not.toHaveProperty('volumeMm3');
		expect(codesOf(findings, 'warning')).toEqual([
			'unit-guessed',
			'up-guessed',
			'holes-left',
			'colour-missing',
		]);
		expect(sentences.en).toContain('The piece is 30 cm wide, 30 cm high and 30 cm deep.');
		expect(sentences.en).toContain(
			'The surface has 1 hole; its edge is 1.2 m round, and it makes 16.7% of the surface. It was left open.',
		);
		expect(sentences.en.at(-1)).toMatch(/^To do: if the original is coloured/);
		expect(sentences['zh-CN']).toContain('展件宽 30 厘米、高 30 厘米、深 30 厘米。');
		expect(sentences['zh-CN']).toContain(
			'表面有 1 个破洞，最大的一个边缘长 1.2 米，合计占表面 16.7%。破洞保持原样，没有补。',
		);
	});

	it('says in both languages that a mesh was inside out and is closed now', async () => {
		const { measures, findings, sentences } = await reported(together([aCube(0.5)], [0]));
		expect(measures).toMatchObject({
			isWatertight: true,
			volumeMm3: 125_000_000,
			flippedTriangles: 12,
		});
		expect(codesOf(findings, 'fixed')).toEqual(['inside-out-turned']);
		expect(sentences.en).toContain('Mended: 1 closed surface was inside out and was turned.');
		expect(sentences.en).toContain('The surface is closed all round and encloses 125 L.');
		expect(sentences['zh-CN']).toContain('已修：翻正了 1 个里外颠倒的闭合表面。');
	});

	it('suspects an open surface that is inside out, and leaves it', async () => {
		const { findings, measures } = await reported(together([aCube(1, 0, 5)], [0]));
		expect(codesOf(findings, 'warning')).toContain('perhaps-inside-out');
		expect(measures.flippedTriangles).toBe(0);
	});

	it('needs nothing done where all is known', async () => {
		const deviations = [
			{ tier: 'low', method: 'two-sided', samples: 6000, rmsM: 1e-5, p99M: 2e-5, maxM: 3e-5 },
		] as const;
		const sound = aCube(0.2);
		sound.colours = new Uint16Array(32).fill(30_000);
		const { sentences, measures } = await reported(
			sound,
			(scan) => {
				scan.format = 'glb';
			},
			[...deviations],
		);
		expect(measures.indicators.accuracyM).toBe(3e-5);
		expect(sentences.en.at(-1)).toBe('Nothing needs to be done: it can be published as it is.');
		expect(sentences.en.join(' ')).toMatch(
			/6,000 points: at the worst of them they are 0.03 mm apart/,
		);
		expect(sentences['zh-CN'].at(-1)).toBe('不用再做什么，可以照原样发布。');
	});

	it('counts how textures lie', async () => {
		const square = aSurface([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0], [0, 1, 2, 0, 2, 3], {
			uvs: Float32Array.from([0, 0, 0.5, 0, 0.5, 1, 0, 1]),
		});
		const bytes = await aTexture(64);
		const { measures, sentences } = await reported(square, (scan) => {
			scan.textures.push({ name: 'paint', bytes, widthPx: 64, heightPx: 64, hasAlpha: false });
			for (const { maps } of scan.materials) maps.baseColor = { texture: 0, strength: 1 };
		});
		expect(measures.uv?.coverage).toBeCloseTo(0.5, 6);
		expect(measures.indicators.textureResolutionPxPerMm).toBeCloseTo(0.045, 3);
		expect(sentences.en).toContain('Its colours come from 1 picture of 64 × 64 pixels.');
		expect(sentences['zh-CN']).toContain('贴图的面积用到了 50%。');
	});

	it('tells pictures of relief from pictures of colour', async () => {
		const square = aSurface([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0], [0, 1, 2, 0, 2, 3], {
			uvs: Float32Array.from([0, 0, 1, 0, 1, 1, 0, 1]),
		});
		const bytes = await aTexture(64);
		const { sentences } = await reported(square, (scan) => {
			scan.textures.push({ name: 'relief', bytes, widthPx: 64, heightPx: 64, hasAlpha: false });
			for (const { maps } of scan.materials) maps.normal = { texture: 0, strength: 1 };
		});
		expect(sentences.en).toContain(
			'It brings 1 picture of fine relief and shading, not of colours, of 64 × 64 pixels.',
		);
	});
});

describe('the report of something else', () => {
	it('says what was measured, what was found, and names what it has no words for', async () => {
		const { sentences } = await makePlainReport({
			kind: 'audio',
			measures: { durationS: 75, channels: 2 },
			findings: [{ code: 'never-heard-of', level: 'info', values: { times: 2 } }],
		});
		expect(sentences.en).toEqual([
			'It is a recording of 1 min 15 sec.',
			'Noted: never-heard-of.',
			'Nothing needs to be done: it can be published as it is.',
		]);
		expect(sentences['zh-CN'][0]).toBe('这是一段 1 分钟 15 秒的录音。');
	});
});

describe('the words of reports', () => {
	it('exist in every language for each finding the pipeline can make', async () => {
		const words = await reportWords();
		const codes = readdirSync(PIPELINE, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
			.flatMap((entry) => {
				const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
				const literal = source.matchAll(/\bcode: '([a-z-]+)',\s*level:/g);
				const called = source.matchAll(/\b(?:fixed|warning|info)\(\s*'([a-z]+(?:-[a-z]+)+)'/g);
				return [...literal, ...called].map(([, code = '']) => code);
			});
		expect(codes.length).toBeGreaterThan(20);
		for (const language of LANGUAGES) {
			const lacking = codes.filter(
				(code) => !words[language].exists(`finding.${code}`, { count: 2 }),
			);
			expect([...new Set(lacking)], language).toEqual([]);
		}
	});

	it('take nothing from a value but its letters', async () => {
		const { en } = await reportWords();
		const file = `$t(advice-none)\u0007{{code}}${'x'.repeat(200)}`;
		const said = say(en, { key: 'finding.texture-missing', values: { file } });
		expect(said).toContain('$t(advice-none) {{code}}xxx');
		expect(said?.length).toBeLessThan(160);
	});

	it.each([
		[0.0000001, 'less than 0.001 mm', '不到 0.001 毫米'],
		[0.000123, '0.12 mm', '0.12 毫米'],
		[0.0123, '1.23 cm', '1.23 厘米'],
		[12.3456, '12.3 m', '12.3 米'],
	])('write %s m for reading', async (maxM, english, chinese) => {
		const words = await reportWords();
		const sentence = { key: 'mesh.deviation', values: { samples: 6000, maxM } };
		expect(say(words.en, sentence)).toContain(`they are ${english} apart`);
		expect(say(words['zh-CN'], sentence)).toContain(`最大差距：${chinese}。`);
	});
});

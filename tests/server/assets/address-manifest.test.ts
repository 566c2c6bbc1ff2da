import { describe, expect, it } from 'vitest';
import { type AssetManifest, assetManifest } from '#schema/asset/asset-manifest';
import { type Asker, addressManifest, SITE } from '../../../server/assets/address-manifest.ts';
import { type MadeFile, placeInFolder } from '../../../server/assets/asset-files.ts';
import { checkManifest } from '../../../server/assets/check-manifest.ts';
import { contentTypeOf } from '../../../server/assets/content-types.ts';

const ASSET = 'a'.repeat(32);
const HASH = 'ab'.repeat(32);
const NAMES = [
	...['poster.webp', 'card-320.webp', 'report.json', 'thumb.glb', 'low.glb', 'low.ktx2.glb'],
	...['tiles/tileset.json', 'turntable.webp', 'model.usdz', 'thumb.spz', 'master.tif'],
	...['iiif/info.json', 'faces/0/px/0_0.webp', 'sound.opus', 'sound.m4a', 'captions-zh-CN.vtt'],
	...['hls/master.m3u8'],
];
const files: MadeFile[] = NAMES.map((name) => ({ name, sha256: HASH, bytes: 10, isPublic: true }));
const alone = NAMES.filter((name) => placeInFolder(name) === undefined);
const addressed = { asset: ASSET, hashes: new Map(alone.map((name) => [name, HASH])) };

const file = (name: string) => ({ file: name, bytes: 10, sha256: HASH });
const byHash = (name: string) => `/objects/sha256/${HASH}/${name}`;
const byPath = (name: string) => `/objects/assets/${ASSET}/${name}`;
const common = {
	format: 'xishan-asset/1',
	poster: { file: 'poster.webp', widthPx: 1, heightPx: 1 },
	cards: [{ file: 'card-320.webp', widthPx: 1, heightPx: 1 }],
	report: 'report.json',
	recipe: { tools: {}, options: {} },
};
const source = { name: 'scan', bytes: 1, sha256: HASH };
const px = { widthPx: 1, heightPx: 1 };
const folderSize = { count: 1, bytes: 1 };
const tier = {
	...{ ...file('low.glb'), tier: 'low', triangles: 1, texturePx: 512 },
	...{ errorM: 0, gpuBytes: 1, brotliBytes: 10 },
	ktx2: { ...file('low.ktx2.glb'), gpuBytes: 1, brotliBytes: 10 },
};
const space = {
	bounds: { min: [0, 0, 0], max: [1, 1, 1] },
	source: { ...source, triangles: 1, unit: 'm', up: 'Y' },
	tiers: [tier],
	tiles: { file: 'tiles/tileset.json', errorM: 0 },
	turntable: {
		...file('turntable.webp'),
		...{ frames: 24, columns: 6, frameWidthPx: 1, frameHeightPx: 1 },
	},
	ar: { usdz: 'model.usdz' },
};
const captions = [{ ...file('captions-zh-CN.vtt'), language: 'zh-CN', cues: 1 }];
const splats = [{ ...file('thumb.spz'), tier: 'thumb', encoding: 'spz', splats: 1, shDegree: 0 }];
const loudness = { inputLufs: -20, outputLufs: -16, truePeakDb: -1 };

/** Parts of a manifest of each kind, and every address that must come of them. */
const KINDS: [kind: AssetManifest['kind'], parts: object, addresses: string[]][] = [
	...(['mesh', 'points'] as const).map((kind): [typeof kind, object, string[]] => [
		kind,
		space,
		[
			...['low.glb', 'low.ktx2.glb', 'turntable.webp', 'model.usdz'].map(byHash),
			byPath('tiles/tileset.json'),
		],
	]),
	[
		'splats',
		{ ...space, tiers: [], turntable: undefined, ar: undefined, splats },
		[byHash('thumb.spz'), byPath('tiles/tileset.json')],
	],
	[
		'image',
		{
			source: { ...source, ...px },
			master: { ...file('master.tif'), ...px, levels: 1, tilePx: 1 },
			iiif: { file: 'iiif/info.json', tilePx: 1, ...folderSize },
		},
		[byHash('master.tif'), byPath('iiif/info.json')],
	],
	[
		'panorama',
		{
			source: { ...source, ...px },
			faces: {
				...{ pattern: 'faces/{level}/{face}/{column}_{row}.webp', tilePx: 1 },
				...{ levels: [{ facePx: 1 }], ...folderSize },
			},
		},
		[byPath('faces/{level}/{face}/{column}_{row}.webp')],
	],
	[
		'audio',
		{
			source: { ...source, durationS: 1, channels: 1, sampleRateHz: 1 },
			streams: [
				{ ...file('sound.opus'), codec: 'opus', bitrateKbps: 1 },
				{ ...file('sound.m4a'), codec: 'aac', bitrateKbps: 1 },
			],
			loudness,
			captions,
		},
		['sound.opus', 'sound.m4a', 'captions-zh-CN.vtt'].map(byHash),
	],
	[
		'video',
		{
			source: { ...source, ...px, durationS: 1, framesPerS: 1 },
			hls: {
				...{ file: 'hls/master.m3u8', renditions: [{ ...px, bitrateKbps: 1 }] },
				...folderSize,
			},
			captions,
		},
		[byPath('hls/master.m3u8'), byHash('captions-zh-CN.vtt')],
	],
];

function manifestOf(kind: string, parts: object): AssetManifest {
	return assetManifest.parse({ ...common, ...parts, kind });
}

/** Every text in a manifest that is an address, or still a name of a file. */
function references(value: unknown): string[] {
	if (typeof value === 'string') return /^\/objects\/|\.\w{2,4}$/.test(value) ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(references);
}

describe.each(KINDS)('a manifest of kind %s', (kind, parts, addresses) => {
	it('has an address for every file, and nothing else in it changes', () => {
		const manifest = manifestOf(kind, parts);
		const shown = addressManifest(manifest, addressed, SITE);
		const all = ['poster.webp', 'card-320.webp', 'report.json'].map(byHash);
		expect(references(shown).toSorted()).toEqual([...all, ...addresses].toSorted());
		const back = JSON.stringify(shown)
			.replaceAll(`/objects/sha256/${HASH}/`, '')
			.replaceAll(`/objects/assets/${ASSET}/`, '');
		expect(JSON.parse(back)).toEqual(manifest);
		expect(assetManifest.parse(shown)).toEqual(shown);
	});

	it('that names a file which is not there, or is not public, is not published', () => {
		const manifest = manifestOf(kind, parts);
		expect(() => checkManifest(manifest, files)).not.toThrow();
		for (const name of NAMES.filter((each) => references(manifest).includes(each))) {
			const lacking = files.filter((each) => each.name !== name);
			expect(() => checkManifest(manifest, lacking), name).toThrow(/publish: /);
			const hidden = files.map((each) =>
				each.name === name ? { ...each, isPublic: false } : each,
			);
			expect(() => checkManifest(manifest, hidden), name).toThrow(/publish: /);
		}
	});
});

it.each([
	['another hash', { sha256: 'cd'.repeat(32) }],
	['another size', { bytes: 11 }],
	['another size in brotli', { brotliSha256: HASH, brotliBytes: 9 }],
])('a file of %s than the manifest says is not published', (_, change) => {
	const others = files.map((each) => (each.name === 'low.glb' ? { ...each, ...change } : each));
	const publish = () => checkManifest(manifestOf('mesh', space), others);
	expect(publish).toThrow('publish: low.glb is not what the manifest says');
});

describe('who asks decides where files are', () => {
	const manifest = manifestOf('panorama', KINDS[4]?.[1] ?? {});
	const tiled = manifestOf('mesh', space);
	const of = (who: Asker, from = tiled) => references(addressManifest(from, addressed, who));

	it('a page with its bytes from a cache gets absolute addresses there', () => {
		const base = 'https://bytes.example';
		expect(of({ kind: 'cdn', base }, tiled)).toEqual(of(SITE, tiled).map((path) => base + path));
	});

	it('a pack has files side by side, as the pipeline wrote them', () => {
		expect(addressManifest(tiled, addressed, { kind: 'pack' })).toEqual(tiled);
		expect(addressManifest(manifest, addressed, { kind: 'pack' })).toEqual(manifest);
	});

	it('who was given signed ones finds all files below one token, and templates stay', () => {
		const secret = new Uint8Array(32);
		const who = { kind: 'signed', expiresS: 60, secret } as const;
		const root = /^\/objects\/signed-assets\/a{32}\/\d+\.[\w-]{43}\//;
		const names = of(who).map((address) => address.replace(root, ''));
		expect(names).toEqual(references(tiled));
		const shown = addressManifest(manifest, addressed, who);
		expect(JSON.stringify(shown)).toContain('/faces/{level}/{face}/{column}_{row}.webp"');
	});

	it('the report of a second pass goes by its hash, under its own name', () => {
		const name = `refined/${HASH}/report.json`;
		const hashes = new Map([...addressed.hashes, [name, HASH]]);
		const refined = { ...tiled, report: name };
		expect(addressManifest(refined, { asset: ASSET, hashes }, SITE).report).toBe(
			byHash('report.json'),
		);
	});
});

it('knows what every ending means', () => {
	const unknown = NAMES.filter((name) => contentTypeOf(name) === 'application/octet-stream');
	expect(unknown).toEqual(['thumb.spz']);
	expect(contentTypeOf('hls/0/segment.m4s')).toBe('video/iso.segment');
});

import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planFilm } from '../../../../scripts/digitize/video/plan-film.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { hashesOf, holds, makePiece, refusalOf } from '../make-piece.ts';
import { ffmpegMakes, hasFfmpeg } from '../media-tool.ts';

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=s=640x400:r=25:d=5'];
const SMALL = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=3'];
const TONE = ['-f', 'lavfi', '-i', 'sine=f=440:d=5'];
const FAST = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

describe.skipIf(!hasFfmpeg('film as a piece'))('a film as a piece', () => {
	let folder: TemporaryFolder;
	let out: string;

	beforeAll(async () => {
		folder = await temporaryFolder('video');
		out = join(folder.path, 'out');
		const path = join(folder.path, 'film.mp4');
		const place = ['-metadata', 'location=+39.9471+116.1000/', '-metadata', 'artist=Wang Secret'];
		ffmpegMakes([...PICTURE, ...TONE, ...FAST, ...place], path);
		await makePiece('video', path, out);
		await makePiece('video', path, join(folder.path, 'again'));
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it('is a ladder whose playlists name only files that are there', async () => {
		const root = join(out, 'hls');
		const master = await readFile(join(root, 'master.m3u8'), 'utf8');
		const uris = (text: string) => [
			...text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
			...[...text.matchAll(/URI="([^"]+)"/g)].map((found) => found[1] ?? ''),
		];
		expect(master).toContain('RESOLUTION=576x360');
		const lists = uris(master);
		expect(lists.sort()).toEqual(['sound/index.m3u8', 'v0/index.m3u8']);
		const starts = new Set<string>();
		for (const list of lists) {
			const text = await readFile(join(root, list), 'utf8');
			expect(text).toContain('#EXT-X-ENDLIST');
			starts.add([...text.matchAll(/#EXTINF:(\d)/g)].map((found) => found[1]).join());
			for (const uri of uris(text)) {
				expect((await stat(join(root, list, '..', uri))).size).toBeGreaterThan(0);
			}
		}
		expect([...starts]).toHaveLength(1);
	});

	it('has a poster, its loudness, and nothing of where and by whom it was made', async () => {
		const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
		expect(report.findings.map((f: { code: string }) => f.code)).toContain('location-removed');
		expect(Math.abs(report.measures.loudness.after.lufs + 18)).toBeLessThan(0.7);
		expect(await holds(out, '39.9471')).toEqual([]);
		expect(await holds(out, 'Wang Secret')).toEqual([]);
		const poster = await sharp(join(out, 'poster.webp')).metadata();
		expect([poster.width, poster.height]).toEqual([640, 400]);
	});

	it('gives the same bytes again', async () => {
		expect(await hashesOf(join(folder.path, 'again'))).toEqual(await hashesOf(out));
	});

	it('without sound, interlaced, with stretched pixels becomes an ordinary film', async () => {
		const path = join(folder.path, 'tape.mkv');
		const old = ['-vf', 'scale=360:288,setsar=16/15,interlace', '-flags', '+ildct+ilme'];
		ffmpegMakes([...PICTURE, ...old, ...FAST, '-t', '1'], path);
		const { source, hls } = await makePiece('video', path, join(folder.path, 'tape-out'));
		expect(source).toMatchObject({ widthPx: 384, heightPx: 288 });
		expect(source.durationS).toBeCloseTo(1, 0);
		expect(hls.renditions).toMatchObject([{ widthPx: 384, heightPx: 288 }]);
		const report = await readFile(join(folder.path, 'tape-out/report.json'), 'utf8');
		expect(report).toContain('"video-deinterlaced"');
		expect(report).toContain('"video-silent"');
	});

	it('lasts as long as its sound, whose late start and early end are silence', async () => {
		const path = join(folder.path, 'late.mp4');
		const late = ['-itsoffset', '0.5', '-f', 'lavfi', '-i', 'sine=f=440:d=2.5'];
		ffmpegMakes(['-t', '1', ...SMALL, ...late, ...FAST], path);
		const out = join(folder.path, 'late-out');
		const { source } = await makePiece('video', path, out);
		expect(Math.abs(source.durationS - 3)).toBeLessThan(0.1);
		const playlist = await readFile(join(out, 'hls/sound/index.m3u8'), 'utf8');
		const lengths = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map((found) => Number(found[1]));
		expect(Math.abs(lengths.reduce((sum, length) => sum + length, 0) - 3)).toBeLessThan(0.1);
		const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
		expect(report.findings).toContainEqual({
			code: 'video-held',
			level: 'info',
			values: { stillS: expect.closeTo(2, 0) },
		});
	});

	it('of a single frame is a film; one of nothing but sound a sound', async () => {
		const one = join(folder.path, 'one.mkv');
		ffmpegMakes([...SMALL, '-frames:v', '1', '-c:v', 'ffv1'], one);
		const { poster } = await makePiece('video', one, join(folder.path, 'one-out'));
		expect(poster).toMatchObject({ widthPx: 160, heightPx: 90 });
		const memo = join(folder.path, 'memo.mp4');
		ffmpegMakes([...TONE, '-t', '1'], memo);
		const { source } = await makePiece('audio', memo, join(folder.path, 'memo-out'));
		expect(source).toMatchObject({ name: 'memo.mp4', channels: 1 });
	});

	const tagged = (space: string, primaries: string, transfer: string) => [
		...['-colorspace', space, '-color_primaries', primaries, '-color_trc', transfer],
	];
	it.each([
		['HLG', tagged('bt2020nc', 'bt2020', 'arib-std-b67'), 't=arib-std-b67:m=2020_ncl:p=2020'],
		['PQ', tagged('bt2020nc', 'bt2020', 'smpte2084'), 't=smpte2084:m=2020_ncl:p=2020'],
		['BT.2020', tagged('bt2020nc', 'bt2020', 'bt2020-10'), 't=709:m=2020_ncl:p=2020'],
		['BT.601', tagged('smpte170m', 'smpte170m', 'smpte170m'), 't=709:m=170m:p=709'],
		['unsaid', [], 't=709:m=170m:p=709'],
	])('in the colours of %s looks as it did', async (name, tags, to) => {
		const path = join(folder.path, `${name}.mkv`);
		const made = `zscale=min=709:pin=709:tin=709:rin=tv:r=tv:npl=203:${to}`;
		const filters = [
			'-vf',
			`scale=out_color_matrix=bt709,format=yuv444p,${made},format=yuv444p10le`,
		];
		const clay = ['-f', 'lavfi', '-i', 'color=0xb46e50:s=160x90:r=5:d=0.4'];
		ffmpegMakes([...clay, ...filters, '-c:v', 'ffv1', ...tags], path);
		const out = join(folder.path, `${name}-out`);
		await makePiece('video', path, out);
		const { channels } = await sharp(join(out, 'poster.webp')).stats();
		for (const [i, wanted] of [0xb4, 0x6e, 0x50].entries()) {
			expect(Math.abs((channels[i]?.mean ?? 0) - wanted)).toBeLessThan(6);
		}
	});

	it('is refused in a sentence when it is cut off or holds no picture', async () => {
		const whole = await readFile(join(folder.path, 'film.mp4'));
		const cut = join(folder.path, 'cut.mp4');
		await writeFile(cut, whole.subarray(0, whole.length / 2));
		const refused = join(folder.path, 'refused');
		expect(await refusalOf(makePiece('video', cut, refused))).toMatch(
			/^media-unreadable: cut.+ — /,
		);
		const sound = join(folder.path, 'sound.mp4');
		ffmpegMakes([...TONE, '-t', '1'], sound);
		const asFilm = makePiece('video', sound, refused, { kind: 'video' });
		expect(await refusalOf(asFilm)).toMatch(/no moving picture — /);
	});
});

describe('the plan of a film', () => {
	const stream = { index: 0, avg_frame_rate: '25/1', r_frame_rate: '25/1' };

	it('has renditions of 360, 720 and 1080 lines, none above the film', () => {
		const sides = (width: number, height: number) =>
			planFilm({ ...stream, width, height })?.rungs.map((rung) => rung.heightPx);
		expect(sides(3840, 2160)).toEqual([360, 720, 1080]);
		expect(sides(1280, 720)).toEqual([360, 720]);
		expect(sides(720, 576)).toEqual([360, 576]);
		expect(sides(320, 240)).toEqual([240]);
	});

	it('turns a phone film upright and keeps the short side as its measure', () => {
		const plan = planFilm({
			...stream,
			width: 1920,
			height: 1080,
			side_data_list: [{ rotation: -90 }],
		});
		expect(plan).toMatchObject({ widthPx: 1080, heightPx: 1920, isTurned: true });
		expect(plan?.rungs[0]).toMatchObject({ widthPx: 360, heightPx: 640 });
	});

	it('tones down HDR', () => {
		const size = { width: 640, height: 360 };
		const hdr = planFilm({ ...stream, ...size, color_transfer: 'smpte2084' });
		expect(hdr?.filters.join()).toContain('tonemap');
	});

	it('keeps every frame of changing rates, and at most 60 a second', () => {
		const rate = (avg_frame_rate: string, r_frame_rate: string, field_order = 'progressive') =>
			planFilm({ ...stream, width: 640, height: 360, avg_frame_rate, r_frame_rate, field_order })
				?.rate;
		expect(rate('30000/1001', '30000/1001')).toBe('30000/1001');
		expect(rate('765/22', '60/1')).toBe('60/1');
		expect(rate('70/3', '30/1')).toBe('30/1');
		expect(rate('24897/1000', '90000/1')).toBe('25/1');
		expect(rate('240/1', '240/1')).toBe('240/4');
		expect(rate('25/1', '50/1', 'tt')).toBe('25/1');
		expect(rate('1/2', '1/2')).toBe('25/1');
		expect(rate('0/0', '0/0')).toBe('25/1');
	});
});

import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { aZip } from '../../../support/zips.ts';
import { hashesOf, holds, makePiece, refusalOf } from '../make-piece.ts';
import { ffmpegMakes, hasFfmpeg } from '../media-tool.ts';

const QUIET_TALK = 'aevalsrc=0.03*sin(2*PI*180*t)*(0.6+0.4*sin(2*PI*2*t)):d=4:s=44100';

describe.skipIf(!hasFfmpeg('sound as a piece'))('a sound as a piece', () => {
	let folder: TemporaryFolder;
	let talk: string;

	beforeAll(async () => {
		folder = await temporaryFolder('audio');
		talk = join(folder.path, 'talk.wav');
		ffmpegMakes(['-f', 'lavfi', '-i', QUIET_TALK, '-metadata', 'artist=Li Secret'], talk);
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it('is heard at −18 LUFS in Opus and AAC, with its captions and a picture, the same again', async () => {
		const vtt = join(folder.path, 'talk.zh-cn.vtt');
		await writeFile(vtt, 'WEBVTT\n\n00:00.000 --> 00:02.000\n琉璃\n');
		const out = join(folder.path, 'out');
		const manifest = await makePiece('audio', talk, out, { captions: [vtt] });
		expect(manifest.streams.map((stream) => [stream.file, stream.codec])).toEqual([
			['sound.opus', 'opus'],
			['sound.m4a', 'aac'],
		]);
		expect(manifest.loudness.inputLufs).toBeLessThan(-30);
		expect(Math.abs(manifest.loudness.outputLufs + 18)).toBeLessThan(0.7);
		expect(manifest.loudness.truePeakDb).toBeLessThanOrEqual(-1);
		expect(manifest.source).toMatchObject({ channels: 1, sampleRateHz: 44_100 });
		expect(manifest.source.durationS).toBeCloseTo(4, 1);
		expect(manifest.captions).toMatchObject([
			{ file: 'captions-zh-CN.vtt', language: 'zh-CN', cues: 1 },
		]);
		expect(await readFile(join(out, 'captions-zh-CN.vtt'))).toEqual(await readFile(vtt));
		const poster = await sharp(join(out, 'poster.webp')).stats();
		expect(poster.channels[0]?.max).toBeGreaterThan(200);
		expect(await holds(out, 'Li Secret')).toEqual([]);
		await makePiece('audio', talk, join(folder.path, 'again'), { captions: [vtt] });
		expect(await hashesOf(join(folder.path, 'again'))).toEqual(await hashesOf(out));
	});

	it('does not distort when one clap is much louder than the talk', async () => {
		const path = join(folder.path, 'clap.flac');
		const clap =
			'aevalsrc=0.05*sin(2*PI*180*t)+if(lt(abs(t-2)\\,0.004)\\,0.9*sin(2*PI*800*t)\\,0):d=4';
		ffmpegMakes(['-f', 'lavfi', '-i', clap], path);
		const { loudness } = await makePiece('audio', path, join(folder.path, 'clap-out'));
		expect(loudness.truePeakDb).toBeLessThanOrEqual(-1);
	});

	it('of silence stays silence, and says so', async () => {
		const path = join(folder.path, 'silence.mp3');
		ffmpegMakes(['-f', 'lavfi', '-i', 'anullsrc=r=44100:d=1'], path);
		const out = join(folder.path, 'silence-out');
		await makePiece('audio', path, out);
		expect(await readFile(join(out, 'report.json'), 'utf8')).toContain('"sound-silent"');
	});

	it('comes in a ZIP with its captions in two languages; a bad one is refused as if named', async () => {
		const files = {
			'talk.wav': await readFile(talk),
			'talk.zh-CN.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\n琉璃\n',
			'talk.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\nglaze\n',
			'read me.txt': 'nothing',
		};
		const zip = join(folder.path, 'talk.zip');
		await writeFile(zip, await aZip(files));
		const out = join(folder.path, 'zip-out');
		const { captions, source, recipe } = await makePiece('audio', zip, out);
		expect(captions).toMatchObject([
			{ file: 'captions-und.vtt', language: 'und', cues: 1 },
			{ file: 'captions-zh-CN.vtt', language: 'zh-CN', cues: 1 },
		]);
		expect(source.name).toBe('talk.zip');
		expect(recipe.options.captions).toEqual(['talk.vtt', 'talk.zh-CN.vtt']);
		const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
		expect(report.findings[0]).toMatchObject({ code: 'files-left-out' });
		expect(report.sentences.en).toContain('1 file that came along was not used: read me.txt.');
		await writeFile(zip, await aZip({ ...files, 'talk.vtt': 'WEBVTT\n\nno time\n' }));
		expect(await refusalOf(makePiece('audio', zip, join(folder.path, 'bad')))).toMatch(
			/^captions-invalid: talk\.vtt in line 4 .+ — /,
		);
	});

	it('is refused in a sentence when it cannot be played, or its captions are wrong', async () => {
		const broken = join(folder.path, 'broken.flac');
		await writeFile(broken, `fLaC${'x'.repeat(500)}`);
		const out = join(folder.path, 'refused');
		expect(await refusalOf(makePiece('audio', broken, out))).toMatch(
			/^media-unreadable: broken.+ — /,
		);
		const list = join(folder.path, 'list.mp3');
		await writeFile(list, '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n');
		expect(await refusalOf(makePiece('audio', list, out))).toMatch(/^format-unknown/);
		const vtt = join(folder.path, 'late.vtt');
		await writeFile(vtt, 'WEBVTT\n\n00:50.000 --> 00:55.000\nlate\n');
		const refusal = await refusalOf(makePiece('audio', talk, out, { captions: [vtt] }));
		expect(refusal).toMatch(/^captions-invalid: late\.vtt in line 3 .+ — /);
	});
});

describe('a machine without ffmpeg', () => {
	it('refuses a recording and says what to install', async () => {
		await using folder = await temporaryFolder('no-ffmpeg');
		const path = join(folder.path, 'talk.flac');
		await writeFile(path, `fLaC${'\0'.repeat(64)}`);
		const cli = join(import.meta.dirname, '../../../../scripts/digitize/cli.ts');
		const words = [cli, path, '--out', join(folder.path, 'out'), '--no-cache'];
		const env = { FFMPEG_PATH: join(folder.path, 'nothing-here') };
		const run = spawnSync(process.execPath, words, { env });
		expect(run.status).toBe(3);
		expect(run.stderr.toString()).toMatch(
			/^refused: media-tool-missing: talk\.flac .+ apt install ffmpeg/,
		);
	});
});

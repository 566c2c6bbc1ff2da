import { describe, expect, it } from 'vitest';
import { parseWebVtt } from '../../../../scripts/digitize/captions/parse-web-vtt.ts';

const parse = (text: string, durationS = 60) => parseWebVtt(Buffer.from(text), durationS);
const cue = (times: string, words = 'words') => `WEBVTT\n\n${times}\n${words}\n`;

describe('captions', () => {
	it('are read with notes, identifiers, settings, hours and any line ending', () => {
		const text =
			'\ufeffWEBVTT - a talk\r\n\r\nNOTE by hand\r\n\r\n1\r\n00:00:01.000 --> 00:00:03.500\r\n<v 讲解员>琉璃渠的窑火\r\n\r\n00:03.500 --> 00:05.000 line:10% align:start\r\nhello\r\n';
		expect(parse(text)).toEqual([
			{ startS: 1, endS: 3.5, line: 6 },
			{ startS: 3.5, endS: 5, line: 9 },
		]);
	});

	it.each([
		['no header', '1\n00:01.000 --> 00:02.000\nwords\n', 1, 'WEBVTT'],
		['text right after the header', 'WEBVTT\n00:01.000 --> 00:02.000\nwords\n', 2, 'empty line'],
		['no cue', 'WEBVTT\n\nNOTE nothing\n', 1, 'no captions'],
		['commas as in SubRip', cue('00:00:01,000 --> 00:00:02,000'), 3, 'no timing'],
		['seconds beyond 59', cue('00:61.000 --> 00:62.000'), 3, 'no timing'],
		['an end before its start', cue('00:05.000 --> 00:04.000'), 3, 'ends before'],
		['an end after the recording', cue('00:05.000 --> 01:30.000'), 3, 'after the recording'],
		['an unknown setting', cue('00:05.000 --> 00:06.000 colour:red'), 3, 'setting'],
		['no words', cue('00:05.000 --> 00:06.000', ''), 3, 'no words'],
		['a line no screen holds', cue('00:05.000 --> 00:06.000', '长'.repeat(81)), 4, 'too long'],
		[
			'cues out of order',
			'WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb\n',
			6,
			'order',
		],
		[
			'cues that cover one another',
			'WEBVTT\n\n00:01.000 --> 00:06.000\na\n\n00:05.000 --> 00:07.000\nb\n',
			6,
			'still shown',
		],
		[
			'a missing empty line',
			'WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:03.000 --> 00:04.000\nb\n',
			5,
			'empty line',
		],
	])('with %s are refused at the line', (_, text, line, word) => {
		expect(parse(text)).toEqual({ line, problem: expect.stringContaining(word) });
		expect(parse(text)).toEqual({ line, problem: expect.stringMatching(/ — \w+/) });
	});

	it('may cover one another where a setting places them apart', () => {
		const text = 'WEBVTT\n\n00:01.000 --> 00:06.000\na\n\n00:05.000 --> 00:07.000 line:0\nb\n';
		expect(parse(text)).toHaveLength(2);
	});

	it('in another encoding are refused at the first wrong byte', () => {
		const gbk = Buffer.concat([
			Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\n'),
			Buffer.from([0xc1, 0xf0, 0xc1, 0xa7]),
		]);
		const utf16 = Buffer.from('WEBVTT\n\n', 'utf16le');
		expect(parseWebVtt(gbk, 60)).toMatchObject({
			line: 4,
			problem: expect.stringContaining('UTF-8'),
		});
		expect(parseWebVtt(utf16, 60)).toMatchObject({ line: 1 });
	});
});

/** What may be wrong with a WebVTT file, at a line counted from 1; the first fault ends the reading. */
export interface VttFault {
	line: number;
	/** What is wrong and what to do, without the file's name. */
	problem: string;
}

/** One caption, seconds from the start. */
export interface VttCue {
	startS: number;
	endS: number;
	line: number;
}

const TIMESTAMP = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})`;
const TIMING = new RegExp(`^${TIMESTAMP}[ \\t]+-->[ \\t]+${TIMESTAMP}((?:[ \\t]+\\S+)*)[ \\t]*$`);
const SETTING = /^(?:vertical:(?:rl|lr)|(?:line|position|size|align|region):[\w%.,-]+)$/;
/** Screens show about 40 Latin or 20 Chinese letters a line; this is where something else was meant. */
const MAX_LINE_UNITS = 160;
const WIDE =
	/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;
const MAX_CUES = 50_000;

/**
 * Reads WebVTT as strictly as an editor should: the header, timings that are well formed, run forward
 * and stay within `durationS`, cues in the order they are shown that do not cover one another unless
 * their settings put them elsewhere, words in every cue, lines a screen can hold. Players forgive most
 * of it by silently dropping cues, which nobody notices before the visitors do.
 * Source: W3C WebVTT: The Web Video Text Tracks Format, §4 (syntax for authors), 2019.
 */
export function parseWebVtt(bytes: Uint8Array, durationS: number): VttCue[] | VttFault {
	const lines = decodeLines(bytes);
	if (!Array.isArray(lines)) return lines;
	if (!/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) {
		return fault(1, 'does not begin with WEBVTT — save it as WebVTT');
	}
	if ((lines[1] ?? '') !== '') return fault(2, 'needs an empty line after WEBVTT — put one in');
	const cues: VttCue[] = [];
	for (const block of blocksOf(lines)) {
		if (/^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(block.lines[0] ?? '')) continue;
		const cue = readCue(block, cues.at(-1), durationS);
		if ('problem' in cue) return cue;
		cues.push(cue);
		if (cues.length > MAX_CUES) return fault(cue.line, 'has too many cues — split it');
	}
	return cues.length > 0 ? cues : fault(1, 'holds no captions — write some');
}

function decodeLines(bytes: Uint8Array): string[] | VttFault {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		if (text.includes('\0')) return fault(1, 'is no text — save it as WebVTT in UTF-8');
		return text.split(/\r\n|\n|\r/);
	} catch {
		return fault(lineOfBadByte(bytes), 'is not UTF-8 — save it again with the encoding UTF-8');
	}
}

/** The line of the first byte that is not UTF-8. */
function lineOfBadByte(bytes: Uint8Array): number {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let line = 1;
	for (let start = 0; start < bytes.length; line += 1) {
		const found = bytes.indexOf(10, start);
		const end = found < 0 ? bytes.length : found + 1;
		try {
			decoder.decode(bytes.subarray(start, end));
		} catch {
			return line;
		}
		start = end;
	}
	return line;
}

interface Block {
	/** Of its first line, from 1. */
	line: number;
	lines: string[];
}

function blocksOf(lines: string[]): Block[] {
	const blocks: Block[] = [];
	let open: Block | undefined;
	for (const [i, line] of lines.entries()) {
		if (i === 0 || line === '') {
			open = undefined;
			continue;
		}
		if (open === undefined) {
			open = { line: i + 1, lines: [] };
			blocks.push(open);
		}
		open.lines.push(line);
	}
	return blocks;
}

function readCue(block: Block, before: VttCue | undefined, durationS: number): VttCue | VttFault {
	const at = block.lines[0]?.includes('-->') ? 0 : 1;
	const line = block.line + at;
	const timing = TIMING.exec(block.lines[at] ?? '');
	if (timing === null) {
		return fault(line, 'is no timing — write it as 00:00:01.000 --> 00:00:04.000');
	}
	const settings = (timing[9] ?? '').split(/[ \t]+/).filter(Boolean);
	const unknown = settings.find((setting) => !SETTING.test(setting));
	if (unknown !== undefined) return fault(line, 'has a setting nobody knows — remove it');
	const cue = { startS: seconds(timing.slice(1, 5)), endS: seconds(timing.slice(5, 9)), line };
	const wrongTime = timeProblem(cue, before, durationS, settings.length > 0);
	if (wrongTime !== undefined) return fault(line, wrongTime);
	const words = block.lines.slice(at + 1);
	if (words.join('').trim() === '') return fault(line, 'has a time but no words — remove it');
	const wrong = words.findIndex((text) => text.includes('-->') || widthOf(text) > MAX_LINE_UNITS);
	if (wrong < 0) return cue;
	const isTiming = words[wrong]?.includes('-->') ?? false;
	const problem = isTiming
		? 'begins a cue without an empty line before it — put one in'
		: 'is too long for a screen — break it into several lines or cues';
	return fault(line + 1 + wrong, problem);
}

function timeProblem(
	{ startS, endS }: VttCue,
	before: VttCue | undefined,
	durationS: number,
	isPlaced: boolean,
): string | undefined {
	if (endS <= startS) return 'ends before it begins — correct its times';
	if (before !== undefined && startS < before.startS) {
		return 'begins before the cue above it — put the cues in order';
	}
	if (before !== undefined && startS < before.endS && !isPlaced) {
		return 'begins while the cue above it is still shown — end that one sooner, or place this one with a setting such as line:10%';
	}
	if (endS > durationS + TOLERANCE_S)
		return 'goes on after the recording has ended — correct its times';
	return undefined;
}

/** A caption may linger over the last frame. */
const TOLERANCE_S = 1;

function seconds([hours = '0', minutes, secs, millis]: (string | undefined)[]): number {
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(secs) + Number(millis) / 1000;
}

function widthOf(text: string): number {
	const plain = text.replaceAll(/<[^>]*>/g, '');
	return plain.length + (plain.match(WIDE)?.length ?? 0);
}

function fault(line: number, problem: string): VttFault {
	return { line, problem };
}

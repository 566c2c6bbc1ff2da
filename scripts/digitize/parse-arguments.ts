import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ASSET_KINDS, LENGTH_UNITS, UP_AXES } from '#schema/asset/asset-manifest';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from './options.ts';

/** What the command line asks for. */
export interface Arguments {
	verb: 'make' | 'verify';
	files: string[];
	out: string;
	options: DigitizeOptions;
	/** Where results of steps are kept between runs; undefined: nowhere. */
	cacheDir: string | undefined;
	/** The most memory a run may take. */
	memoryMB: number | undefined;
	isJson: boolean;
	isHelp: boolean;
}

/** The command line cannot be followed: one sentence says why. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

export const HELP = `Usage: npm run digitize -- FILE… --out DIR [options]
       npm run digitize -- verify DIR

Turns scans into exhibit pieces. A FILE is a scan, or a folder or ZIP with one and its textures.
One goes into DIR, several into DIR/<name of the file>.
Nothing half-written is ever seen. verify checks a finished folder, or a bag, file by file.

  --out DIR        where the result goes; an earlier result there is replaced
  --kind KIND      mesh, points, splats, image, panorama, audio or video   (default: detected)
  --unit mm|cm|m   the unit of the file's numbers          (default: detected, glTF: m)
  --up y|z|-y      the file's upward axis; write --up=-y   (default: detected, glTF: y)
  --tiles WHEN     auto, always or never: cut a mesh into streaming tiles
                   (default: auto, above 1 million triangles or 8192 pixels of texture)
  --fast           leave turntable and AR model to a later run; nothing else changes
  --ktx2           also KTX2 textures for headsets and phones (slow; changes nothing else)
  --cull-floaters  remove splats that float alone
  --captions FILE  WebVTT of a recording; may be given again
  --archive        also pack original and results as a BagIt bag

  --cache DIR      where results of steps are kept, so that a changed option redoes only what
                   depends on it and a stopped run goes on   (default: the user's cache folder)
  --no-cache       keep nothing
  --memory-mb N    the most memory a run may take   (default: 3/4 of the machine's, at most 16384)
  --json           progress as JSON lines on standard output
  --help           this text

Exit status: 0 done or good, 1 our own fault or killed from outside, 2 wrong usage, 3 a file was
refused or verify found problems. What is wrong with a file stands on standard error (code and
reason); the others are still done.
`;

/** With less, not even an empty run starts. */
const MEMORY_LEAST_MB = 256;

const TILES = ['auto', 'always', 'never'] as const;

/** Reads the command line. Throws `UsageError`. */
export function parseArguments(words: string[]): Arguments {
	const verb = words[0] === 'verify' ? 'verify' : 'make';
	const { values, positionals } = parse(verb === 'verify' ? words.slice(1) : words);
	const isHelp = values.help === true;
	const { out = '' } = values;
	if (!isHelp && positionals.length === 0) {
		throw new UsageError('no file is named — name at least one scan');
	}
	if (!isHelp && out === '' && verb === 'make') {
		throw new UsageError('--out is missing — say where the result goes');
	}
	const options = {
		...DIGITIZE_DEFAULTS,
		kind: oneOf(values.kind, ASSET_KINDS, '--kind'),
		unit: oneOf(values.unit, LENGTH_UNITS, '--unit'),
		up: oneOf(values.up?.toUpperCase(), UP_AXES, '--up'),
		tiles: oneOf(values.tiles, TILES, '--tiles') ?? DIGITIZE_DEFAULTS.tiles,
		fast: values.fast === true,
		ktx2: values.ktx2 === true,
		cullFloaters: values['cull-floaters'] === true,
		archive: values.archive === true,
		captions: values.captions ?? [],
	};
	const cacheDir = values['no-cache'] ? undefined : (values.cache ?? userCache());
	const memoryMB = memoryOf(values['memory-mb']);
	const isJson = values.json === true;
	return { verb, files: positionals, out, options, cacheDir, memoryMB, isJson, isHelp };
}

function parse(words: string[]) {
	try {
		return parseArgs({
			args: words,
			allowPositionals: true,
			options: {
				out: { type: 'string' },
				kind: { type: 'string' },
				unit: { type: 'string' },
				up: { type: 'string' },
				tiles: { type: 'string' },
				fast: { type: 'boolean' },
				ktx2: { type: 'boolean' },
				'cull-floaters': { type: 'boolean' },
				captions: { type: 'string', multiple: true },
				archive: { type: 'boolean' },
				cache: { type: 'string' },
				'no-cache': { type: 'boolean' },
				'memory-mb': { type: 'string' },
				json: { type: 'boolean' },
				help: { type: 'boolean' },
			},
		});
	} catch (error) {
		const reason = error instanceof Error ? error.message.split('. ')[0] : 'not understood';
		throw new UsageError(`${reason} — see --help`);
	}
}

function oneOf<T extends string>(
	value: string | undefined,
	known: readonly T[],
	flag: string,
): T | undefined {
	if (value === undefined) return undefined;
	const found = known.find((word) => word === value);
	if (found === undefined) {
		const words = known.map((word) => word.toLowerCase()).join(', ');
		throw new UsageError(`${flag}: ${value} is nothing we know — use one of ${words}`);
	}
	return found;
}

function memoryOf(value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const memoryMB = Number(value);
	if (Number.isSafeInteger(memoryMB) && memoryMB >= MEMORY_LEAST_MB) return memoryMB;
	throw new UsageError(`--memory-mb: ${value} is no whole number from ${MEMORY_LEAST_MB} up`);
}

function userCache(): string {
	return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'xishan', 'digitize');
}

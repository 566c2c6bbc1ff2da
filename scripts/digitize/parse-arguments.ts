import { parseArgs } from 'node:util';
import { LENGTH_UNITS, type LengthUnit, type UpAxis } from '#schema/asset-manifest';

/** What the command line asks for. */
export interface Arguments {
	files: string[];
	out: string;
	unit: LengthUnit | undefined;
	up: UpAxis | undefined;
	isJson: boolean;
	isHelp: boolean;
}

/** The command line cannot be followed: one sentence says why. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

export const HELP = `Usage: npm run digitize -- FILE… --out DIR [options]

Turns scans (GLB, glTF, OBJ, PLY, STL) into exhibits: a ladder of meshopt GLBs, poster, report and
manifest. One file goes into DIR, several into DIR/<name of the file>. Nothing half-written is seen.

  --out DIR        where the result goes; an earlier result there is replaced
  --unit mm|cm|m   the unit of the file's numbers      (default: detected, glTF: m)
  --up y|z         the file's upward axis              (default: detected, glTF: y)
  --json           progress as JSON lines on standard output
  --help           this text

Exit status: 0 done, 1 our own fault, 2 wrong usage, 3 a file was refused (code and reason on
standard error; other files are still done).
`;

/** Reads the command line. Throws `UsageError`. */
export function parseArguments(words: string[]): Arguments {
	const { values, positionals } = parse(words);
	const isHelp = values.help === true;
	const { unit, out = '' } = values;
	if (unit !== undefined && !isUnit(unit)) {
		throw new UsageError(`--unit: ${unit} is no unit we know — use mm, cm or m`);
	}
	const up = values.up?.toUpperCase();
	if (up !== undefined && up !== 'Y' && up !== 'Z') {
		throw new UsageError(`--up: ${values.up} is no axis we know — use y or z`);
	}
	if (!isHelp && positionals.length === 0) {
		throw new UsageError('no file is named — name at least one scan');
	}
	if (!isHelp && out === '') throw new UsageError('--out is missing — say where the result goes');
	return { files: positionals, out, unit, up, isJson: values.json === true, isHelp };
}

function parse(words: string[]) {
	try {
		return parseArgs({
			args: words,
			allowPositionals: true,
			options: {
				out: { type: 'string' },
				unit: { type: 'string' },
				up: { type: 'string' },
				json: { type: 'boolean' },
				help: { type: 'boolean' },
			},
		});
	} catch (error) {
		const reason = error instanceof Error ? error.message.split('. ')[0] : 'not understood';
		throw new UsageError(`${reason} — see --help`);
	}
}

function isUnit(value: string): value is LengthUnit {
	return LENGTH_UNITS.some((unit) => unit === value);
}

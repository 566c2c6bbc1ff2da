import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SCAN_NAMES, type ScanName } from './bench-scans.ts';
import { ARTEFACTS } from './bench-site.ts';
import { LINK_NAMES, LINK_PROFILES, type LinkProfile } from './link-profile.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface BenchOptions {
	runs: number;
	scansDir: string;
	/** The scans to measure, each over its link. */
	links: { scan: ScanName; link: LinkProfile; isUsual: boolean }[];
	/** A server that runs already; left out: one of our own. */
	origin: string | undefined;
	/** Which artefact shows which scan. */
	artefacts: Record<ScanName, string>;
	/** A built client; left out: this project's, built first. */
	clientDir: string | undefined;
	/** Kept between runs; left out: a temporary folder. */
	dataDir: string | undefined;
	jsonFile: string | undefined;
}

const HELP = `Our page of an artefact beside google model-viewer, on the same scans over the same slow links.

  npm run bench:viewer -- [options]

  --runs N         rounds, in turns (3)
  --scans DIR      folder of real scans (../shared/scans); without it a sample stands in
  --only NAME      textured or dense (both)
  --link NAME      ${LINK_NAMES.join(', ')} for both scans (4g for the textured one, wifi for the dense one)
  --client DIR     a built client (this project's, built first)
  --data DIR       data folder, kept: scans are digitised once (a temporary one)
  --origin URL     measure a server that runs already, which shows the scans as
  --textured ID      this artefact (${ARTEFACTS.textured})
  --dense ID         and this one (${ARTEFACTS.dense})
  --json FILE      write everything that was measured`;

const USUAL_LINKS = { textured: '4g', dense: 'wifi' } as const;

/** Reads the command line; a string is what to say instead of measuring. Throws a sentence when something is wrong. */
export function readOptions(args: string[]): BenchOptions | string {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		args,
		options: {
			help: { type: 'boolean', short: 'h' },
			runs: text,
			scans: text,
			only: text,
			link: text,
			client: text,
			data: text,
			origin: text,
			textured: text,
			dense: text,
			json: text,
		},
	});
	if (values.help === true) return HELP;
	const runs = Number(values.runs ?? 3);
	if (!Number.isInteger(runs) || runs < 1) throw new Error('bench: --runs must be 1 or more');
	const only = values.only === undefined ? undefined : oneOf(SCAN_NAMES, values.only, '--only');
	const link = values.link === undefined ? undefined : oneOf(LINK_NAMES, values.link, '--link');
	return {
		runs,
		scansDir: resolve(values.scans ?? resolve(ROOT, '../shared/scans')),
		links: SCAN_NAMES.filter((scan) => only === undefined || scan === only).map((scan) => ({
			scan,
			link: LINK_PROFILES[link ?? USUAL_LINKS[scan]],
			isUsual: link === undefined || link === USUAL_LINKS[scan],
		})),
		origin: values.origin?.replace(/\/+$/, ''),
		artefacts: {
			textured: values.textured ?? ARTEFACTS.textured,
			dense: values.dense ?? ARTEFACTS.dense,
		},
		clientDir: values.client,
		dataDir: values.data === undefined ? undefined : resolve(values.data),
		jsonFile: values.json,
	};
}

function oneOf<T extends string>(names: readonly T[], given: string, flag: string): T {
	const found = names.find((name) => name === given);
	if (found === undefined) throw new Error(`bench: ${flag} must be one of ${names.join(', ')}`);
	return found;
}

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchOptions, readOptions } from './viewer/bench-options.ts';
import { type BenchScan, makeScans, type ScanName } from './viewer/bench-scans.ts';
import { buildClient, startBenchSite } from './viewer/bench-site.ts';
import { figuresTable, type Targets } from './viewer/figures-table.ts';
import type { LinkProfile } from './viewer/link-profile.ts';
import { measureVisit, type Visit } from './viewer/measure-visit.ts';
import { pageScript } from './viewer/page-script.ts';
import { type PeerServer, startPeerServer } from './viewer/peer-server.ts';
import { type VisitFigures, visitFigures } from './viewer/visit-figures.ts';

/*
 * Our page of an artefact beside google model-viewer: the same scans over the same slow links, in turns,
 * each visit in a browser of its own. Prints medians and ratios; asserts nothing. Options: --help.
 *
 * Two clocks. `submitted`: the animation callback that drew a frame of the model returned. `drawn`: a
 * GPU fence behind it signalled. A frame counts when it put 800 triangles or more into the canvas itself.
 */

const ROOT = resolve(import.meta.dirname, '../..');

const TURN = ['ours', 'model-viewer'] as const;

/** What the project is held to, on its usual links. */
const TARGETS: Record<ScanName, Targets> = {
	textured: {
		firstDrawnMs: { ratio: 0.35 },
		firstSubmittedMs: { ratio: 0.48 },
		fullDrawnMs: { ratio: 0.68 },
		requestsToFirstSubmitted: { value: 12 },
		longestTaskMs: { value: 150 },
	},
	dense: {
		firstDrawnMs: { ratio: 0.12 },
		fullDrawnMs: { ratio: 0.2 },
		requestsToFirstSubmitted: { value: 12 },
		longestTaskMs: { value: 150 },
	},
};

interface Measured {
	contender: 'ours' | 'model-viewer';
	scan: ScanName;
	round: number;
	/** One-minute load average before the visit. */
	load: number;
	figures: VisitFigures;
	visit: Pick<Visit, 'record' | 'browser'> & { requests: Visit['wire']['requests'] };
}

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') console.log(options);
else await bench(options);

async function bench(given: BenchOptions): Promise<void> {
	await using undo = new AsyncDisposableStack();
	// Open to all: our own PostgreSQL runs under another account when root starts it.
	const temporary = await mkdtemp(join(tmpdir(), 'xishan-bench-'));
	await chmod(temporary, 0o755);
	undo.defer(() => rm(temporary, { recursive: true, force: true, maxRetries: 5 }));
	console.log('making the scans');
	const workDir = given.dataDir ?? temporary;
	const scans = await makeScans(
		join(workDir, 'scans'),
		given.scansDir,
		join(ROOT, 'assets/sources'),
	);
	const peer = undo.use(await startPeerServer(Object.values(scans)));
	const origin = given.origin ?? (await ownOrigin(given, { temporary, workDir, scans, undo }));
	const bed: Bed = { origin, peer, scans, artefacts: given.artefacts, script: await pageScript() };
	const all: Measured[] = [];
	for (const leg of given.links) {
		const measured = await measureScan(bed, leg, given.runs);
		console.log(`\n${tableOf(measured, peer, leg.isUsual ? TARGETS[leg.scan] : {})}`);
		all.push(...measured);
	}
	console.log(`\n${machine(all)}`);
	if (given.jsonFile !== undefined) await writeFile(given.jsonFile, jsonOf(given, scans, all));
}

/** Both contenders, as they are measured. */
interface Bed {
	/** Of our site. */
	origin: string;
	peer: PeerServer;
	scans: Record<ScanName, BenchScan>;
	artefacts: BenchOptions['artefacts'];
	script: string;
}

type Leg = BenchOptions['links'][number];

/** Visits both contenders in turns and says how each visit went. */
async function measureScan(bed: Bed, { scan, link }: Leg, runs: number): Promise<Measured[]> {
	const { title, triangles } = bed.scans[scan];
	console.log(`\n## ${scan}: ${title}, ${triangles} triangles, over ${link.name}`);
	console.log(`${link.megabitsPerS} Mbit/s, ${link.rttMs} ms round trip, rounds: ${runs}\n`);
	const measured: Measured[] = [];
	for (let round = 0; round < runs; round += 1) {
		// Who comes second finds a machine that is warm, or still busy with the first.
		for (const contender of round % 2 === 0 ? TURN : TURN.toReversed()) {
			const one = await measureOne(bed, { contender, scan, round }, link);
			console.log(line(one));
			measured.push(one);
		}
	}
	return measured;
}

async function measureOne(
	bed: Bed,
	which: Pick<Measured, 'contender' | 'scan' | 'round'>,
	link: LinkProfile,
): Promise<Measured> {
	const load = loadavg()[0] ?? Number.NaN;
	const { origin, peer, script } = bed;
	const scan = bed.scans[which.scan];
	const isOurs = which.contender === 'ours';
	const page = isOurs
		? { origin, path: `/artefacts/${bed.artefacts[which.scan]}` }
		: { origin: peer.origin, path: peer.pageOf(scan) };
	const visit = await measureVisit({ ...page, link, script });
	const figures = visitFigures(visit, isOurs ? undefined : scan.triangles);
	const { record, browser, wire } = visit;
	return { ...which, load, figures, visit: { record, browser, requests: wire.requests } };
}

interface Place {
	temporary: string;
	workDir: string;
	scans: Record<ScanName, BenchScan>;
	undo: AsyncDisposableStack;
}

/** Starts a site of our own and gives where it is. */
async function ownOrigin(given: BenchOptions, place: Place): Promise<string> {
	const { temporary, workDir, scans, undo } = place;
	const clientDir = given.clientDir ?? join(temporary, 'client');
	if (given.clientDir === undefined) {
		console.log('building the client');
		await buildClient(clientDir);
	}
	console.log('starting the site and digitising the scans: minutes');
	const site = await startBenchSite({
		scans: Object.values(scans),
		dataDir: join(workDir, 'site'),
		clientDir,
		projectDir: join(temporary, 'project'),
	});
	return undo.use(site).origin;
}

function line({ round, contender, load, figures }: Measured): string {
	const s = (ms: number) => (ms / 1000).toFixed(2);
	return [
		`round ${round + 1}, ${contender}:`,
		`first ${s(figures.firstDrawnMs)} s drawn, ${s(figures.firstSubmittedMs)} s submitted;`,
		`full ${s(figures.fullDrawnMs)} s, ${s(figures.fullSubmittedMs)} s;`,
		`load ${load.toFixed(1)} before`,
	].join(' ');
}

function tableOf(measured: Measured[], peer: PeerServer, targets: Targets): string {
	const roundsOf = (contender: Measured['contender']) =>
		measured
			.filter((one) => one.contender === contender)
			.toSorted((a, b) => a.round - b.round)
			.map(({ figures }) => figures);
	return figuresTable(
		{ title: 'our page', rounds: roundsOf('ours') },
		{ title: `model-viewer ${peer.version}`, rounds: roundsOf('model-viewer') },
		targets,
	);
}

function machine(all: Measured[]): string {
	const loads = all.map(({ load }) => load);
	return [
		`Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} processors,`,
		`${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.versions.node};`,
		`Chromium ${all[0]?.visit.browser ?? '–'}, headless, software GL (SwiftShader), 640×360.`,
		`Load average before visits: ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
		'(what the visits before left is in it).',
	].join(' ');
}

function jsonOf(given: BenchOptions, scans: Place['scans'], all: Measured[]): string {
	const of = Object.values(scans).map(({ name, title, triangles }) => ({ name, title, triangles }));
	const head = { machine: machine(all), links: given.links, scans: of };
	return `${JSON.stringify({ ...head, measured: all }, null, '\t')}\n`;
}

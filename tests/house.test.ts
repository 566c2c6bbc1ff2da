import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf } from './support/circles.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Which top folder may import which: the arrows of DESIGN §2. */
const ARROWS: Record<string, readonly string[]> = {
	assets: ['assets'],
	client: ['client', 'assets'],
	server: ['server', 'assets'],
	scripts: ['scripts', 'assets'],
	tests: ['tests', 'assets', 'client', 'server', 'scripts'],
};

/** Inside the folders: what a layer must not know. */
const INNER_WALLS: readonly { from: RegExp; not: RegExp }[] = [
	{
		from: /^client\/(engine|embed|state|api)\//,
		not: /^client\/(scene|xr|visitor|parts|stages)\//,
	},
	{ from: /^client\/engine\/stage\//, not: /^client\/engine\/(?!stage\/)/ },
	{ from: /^client\/engine\/\w+\//, not: /^client\/engine\/[^/]+$/ },
	{ from: /^client\/scene\//, not: /^client\/(xr|stages|visitor|studio|parts)\// },
	{ from: /^client\/xr\//, not: /^client\/(scene|stages|visitor|studio|parts)\// },
	{ from: /^server\/(storage|catalogue|auth|interop|database)\//, not: /^server\/http\// },
	{ from: /^server\/(?!main\.ts)/, not: /^server\/main\.ts$/ },
	{ from: /^scripts\/digitize\//, not: /^scripts\/(?!digitize\/)/ },
];

function sourceFiles(folder: string): string[] {
	const full = join(ROOT, folder);
	return readdirSync(full, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
		.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
		.filter((file) => !file.includes('node_modules'));
}

/** The project files a file imports, types included, as paths from the root. */
function importsOf(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	const found: string[] = [];
	for (const match of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
		const target = match[1] ?? '';
		if (target.startsWith('#schema/')) found.push(`assets/schema/${target.slice(8)}.ts`);
		else if (target.startsWith('.')) {
			found.push(relative(ROOT, resolve(dirname(join(ROOT, file)), target)));
		}
	}
	return found;
}

const files = Object.keys(ARROWS).flatMap(sourceFiles);
const sources = files.filter((file) => !file.startsWith('tests/'));

/** A folder as one room; files that stand at the top of a part are each their own. */
function roomOf(file: string): string {
	return file.split('/').length === 2 ? file : dirname(file);
}

/** Who imports whom, types included, between files or between what `nameOf` makes of them. */
function arrowsOf(nameOf: (file: string) => string): Map<string, Set<string>> {
	const arrows = new Map<string, Set<string>>();
	for (const file of sources) {
		const from = arrows.get(nameOf(file)) ?? new Set();
		for (const target of importsOf(file)) {
			if (nameOf(target) !== nameOf(file)) from.add(nameOf(target));
		}
		arrows.set(nameOf(file), from);
	}
	return arrows;
}

/** Circles that later work takes apart: the rooms of the pipeline. */
const KNOWN_CIRCLES = [/^scripts\/digitize(\/|$)/, /^scripts\/demo(\/|$)/];

/** Rooms whose behaviour only whole stories show. */
const WITHOUT_TESTS = ['client/scene', 'client/stages'];

describe('the house', () => {
	it('has enough source files for these checks to mean something', () => {
		expect(files.length).toBeGreaterThan(100);
	});

	it('lets no top folder import one it may not know', () => {
		const wrong = files.flatMap((file) => {
			const allowed = ARROWS[file.split('/')[0] ?? ''] ?? [];
			return importsOf(file)
				.filter((target) => target.includes('/') && !allowed.includes(target.split('/')[0] ?? ''))
				.map((target) => `${file} → ${target}`);
		});
		expect(wrong).toEqual([]);
	});

	it('keeps the inner walls', () => {
		const wrong = files.flatMap((file) =>
			importsOf(file)
				.filter((target) => INNER_WALLS.some((w) => w.from.test(file) && w.not.test(target)))
				.map((target) => `${file} → ${target}`),
		);
		expect(wrong).toEqual([]);
	});

	it('keeps the contract free of everything but zod', () => {
		const wrong = sourceFiles('assets').filter((file) =>
			/from '(?!zod'|\.{1,2}\/)/.test(readFileSync(join(ROOT, file), 'utf8')),
		);
		expect(wrong).toEqual([]);
	});

	it('has tests only where there is a source folder of the same name', () => {
		const own = new Set(['journeys', 'support', 'fixtures', 'proof']);
		const lost = sourceFiles('tests')
			.map((file) => dirname(file).split('/').slice(1).join('/'))
			.filter((folder) => folder !== '' && !own.has(folder.split('/')[0] ?? ''))
			.filter((folder) => !existsSync(join(ROOT, folder)));
		expect([...new Set(lost)]).toEqual([]);
	});

	it('has tests for every room of the source', () => {
		const rooms = new Set(
			sources
				.filter((file) => file.split('/').length > 2)
				.map((file) => file.split('/').slice(0, 2).join('/')),
		);
		const tested = files.filter((file) => /^tests\/.*\.test\.tsx?$/.test(file));
		const untested = [...rooms].filter(
			(room) =>
				!WITHOUT_TESTS.includes(room) && !tested.some((test) => test.startsWith(`tests/${room}/`)),
		);
		expect(untested).toEqual([]);
	});

	it('lets no files import each other in a circle, types included', () => {
		expect(circlesOf(arrowsOf((file) => file))).toEqual([]);
	});

	it('lets no folders import each other in a circle, but for those that are being taken apart', () => {
		const circles = circlesOf(arrowsOf(roomOf)).filter(
			(circle) => !KNOWN_CIRCLES.some((known) => circle.every((room) => known.test(room))),
		);
		expect(circles).toEqual([]);
	});

	it('names no third-party origin in what a browser runs', () => {
		const origin =
			/https?:\/\/(?!localhost|127\.0\.0\.1|creativecommons\.org|rightsstatements\.org|www\.w3\.org)[a-z0-9.-]+/i;
		const wrong = files.filter(
			(file) =>
				/^(client|assets)\//.test(file) && origin.test(readFileSync(join(ROOT, file), 'utf8')),
		);
		expect(wrong).toEqual([]);
	});

	it('locks every platform of its optional packages, so that npm ci works on each', () => {
		const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
			packages: Record<string, { optionalDependencies?: Record<string, string> }>;
		};
		const locked = new Set(
			Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)),
		);
		const missing = Object.values(lock.packages)
			.flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
			.filter((name) => !locked.has(name));
		expect(missing, 'run: node scripts/dev/complete-lock.ts').toEqual([]);
	});

	it('keeps the front page short and its commands in the first lines', () => {
		const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n');
		expect(lines.length).toBeLessThanOrEqual(121);
		const top = lines.slice(0, 15).join('\n');
		expect(top).toContain('npm ci && npm start');
		expect(top).toContain('npm ci && npm test');
	});
});

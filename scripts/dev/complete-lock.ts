import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/*
 * Adds to package-lock.json what npm leaves out when a registry mirror holds only one platform's
 * binaries: the entries of optional packages for the others. Without them `npm ci` refuses the lock.
 * Run it after every `npm install`: node scripts/dev/complete-lock.ts
 */

interface Entry {
	version?: string;
	optionalDependencies?: Record<string, string>;
	dev?: boolean;
	optional?: boolean;
	os?: string[];
	cpu?: string[];
	libc?: string[];
}

const LOCK = resolve(import.meta.dirname, '../../package-lock.json');
const SYSTEMS =
	/^(?:android|darwin|freebsd|linux|linuxmusl|win32|windows|openharmony|sunos|netbsd|openbsd|aix)$/;
const PROCESSORS = /^(?:arm64|x64|ia32|arm|ppc64|riscv64|s390x|loong64|mips64el|wasm32)$/;
const SYSTEM_NAMES: Record<string, string> = { windows: 'win32', linuxmusl: 'linux' };
/** Packages whose name does not say where they run. */
const KNOWN: Record<string, string> = { fsevents: 'darwin' };

/** Where `name` would be found from `from`, as npm looks: nearest folder first. */
function find(packages: Record<string, Entry>, from: string, name: string): boolean {
	let place = from;
	for (;;) {
		if (packages[`${place ? `${place}/` : ''}node_modules/${name}`]) return true;
		if (!place) return false;
		const inner = place.lastIndexOf('node_modules/');
		place = inner > 0 ? place.slice(0, inner - 1) : '';
	}
}

/** The entry npm would have written, read off the package's name; null when the name does not say. */
function entryFor(name: string, range: string, isDev: boolean): Entry | null {
	const words = (name.split('/').at(-1) ?? '').split('-');
	const system = KNOWN[name] ?? words.find((word) => SYSTEMS.test(word));
	const processor = words.find((word) => PROCESSORS.test(word));
	if (!system && processor !== 'wasm32') return null;
	const isMusl = words.some((word) => word.includes('musl'));
	const isGnu = words.some((word) => word.startsWith('gnu'));
	return {
		version: range.replace(/^[~^]/, ''),
		...(processor ? { cpu: [processor] } : {}),
		...(isDev ? { dev: true } : {}),
		...(isMusl || isGnu ? { libc: [isMusl ? 'musl' : 'glibc'] } : {}),
		optional: true,
		...(system ? { os: [SYSTEM_NAMES[system] ?? system] } : {}),
	};
}

const lock = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, Entry> };
const added: string[] = [];
for (const [path, { optionalDependencies, dev }] of Object.entries(lock.packages)) {
	for (const [name, range] of Object.entries(optionalDependencies ?? {})) {
		if (find(lock.packages, path, name)) continue;
		const entry = entryFor(name, range, dev ?? false);
		if (!entry) throw new Error(`complete-lock: cannot tell where ${name} runs — add it to KNOWN`);
		lock.packages[`node_modules/${name}`] = entry;
		added.push(name);
	}
}
const byPath = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(byPath);
writeFileSync(LOCK, `${JSON.stringify(lock, null, '\t')}\n`);
console.log(added.length === 0 ? 'complete' : `added ${added.join(', ')}`);

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { LANGUAGES } from '#schema/value/text';
import { chunkFiles, readClientManifest } from '../../server/http/client-manifest.ts';
import { namedChunks } from '../../server/http/page-address.ts';

const KB = 1024;
const assets = join(inject('clientFolder'), 'assets');
const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));

const sourceOf = (name: string): string => readFileSync(join(assets, name), 'utf8');

/** What a browser fetches: the build's own brotli, or the file where it is no smaller packed. */
function sizeOf(name: string): number {
	const packed = join(assets, `${name}.br`);
	return statSync(existsSync(packed) ? packed : join(assets, name)).size;
}

/** The one chunk of that name, whatever its hash. */
function chunk(name: string): string {
	const found = scripts.find((script) => script.startsWith(`${name}-`));
	if (found === undefined) throw new Error(`the build has no chunk ${name}`);
	return found;
}

/** A chunk with all it needs before it can run. */
function closure(name: string, seen = new Set<string>()): Set<string> {
	if (seen.has(name)) return seen;
	seen.add(name);
	for (const [, needed = ''] of sourceOf(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
		closure(needed, seen);
	}
	return seen;
}

/** What is fetched when `name` is needed and the chunks of `already` are there, bytes of brotli. */
function costOf(names: readonly string[], already: readonly string[]): number {
	const there = new Set(already.flatMap((name) => [...closure(name)]));
	const needed = new Set(names.flatMap((name) => [...closure(name)]));
	return [...needed]
		.filter((each) => !there.has(each))
		.reduce((sum, each) => sum + sizeOf(each), 0);
}

describe('the built client', () => {
	const entry = chunk('index');

	it('is packed as a browser takes it', () => {
		expect(scripts.filter((name) => existsSync(join(assets, `${name}.br`))).length).toBeGreaterThan(
			20,
		);
	});

	it('opens any page before its 3D within 122 KB of script and 20 KB of style', () => {
		const pages = scripts.filter((name) => /^\w+Page-/.test(name));
		expect(pages.length).toBeGreaterThan(6);
		const words = Math.max(...scripts.filter((name) => /^interface-/.test(name)).map(sizeOf));
		for (const page of pages) {
			expect(costOf([entry, page], []) + words, page).toBeLessThanOrEqual(122 * KB);
		}
		const style = readdirSync(assets).filter((name) => /^(?:shell|index)-.*\.css$/.test(name));
		expect(style.length).toBeGreaterThan(0);
		expect(style.reduce((sum, name) => sum + sizeOf(name), 0)).toBeLessThanOrEqual(20 * KB);
	});

	it('brings a piece to the screen within 190 KB more than the shell', () => {
		expect(costOf([chunk('stage')], [entry])).toBeLessThanOrEqual(190 * KB);
	});

	it('fetches the headset within 45 KB more than the room, and only when there is one', () => {
		const room = chunk('ExhibitStage');
		const headset = [chunk('XrWorld'), chunk('xr-store')];
		expect(costOf(headset, [entry, room])).toBeLessThanOrEqual(45 * KB);
		for (const name of headset) expect(closure(room).has(name)).toBe(false);
	});

	it('keeps three.js out of the shell', () => {
		for (const name of closure(entry)) expect(sourceOf(name)).not.toContain('WebGLRenderer');
	});

	it('has every chunk that the server names in the head of a page', async () => {
		const manifest = await readClientManifest(inject('clientFolder'));
		const words = LANGUAGES.map((each) => `../assets/locales/${each}/interface.json`);
		for (const name of [...namedChunks(), ...words]) {
			expect(chunkFiles(manifest, [name]).scripts, name).not.toEqual([]);
		}
	});

	it('carries no emulated headset and none of its rooms', () => {
		for (const name of scripts) {
			expect(name).not.toMatch(/office|living_room|music_room|meeting_room|emulat/);
			expect(sourceOf(name)).not.toContain('Meta Quest 3');
		}
	});
});

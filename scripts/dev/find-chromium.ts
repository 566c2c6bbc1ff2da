import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const HOW_TO_GET =
	'no Chromium found: install one (Debian: apt-get install chromium; elsewhere: npx playwright-core install chromium) or set CHROMIUM_PATH to its program';

function onPath(): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

/** A browser that Playwright installed earlier, the newest first. */
function ofPlaywright(): string | undefined {
	const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
	if (!existsSync(cache)) return undefined;
	const folders = readdirSync(cache).filter((name) => name.startsWith('chromium'));
	const programs = folders
		.sort()
		.reverse()
		.flatMap((folder) => [
			join(cache, folder, 'chrome-linux', 'chrome'),
			join(cache, folder, 'chrome-linux64', 'chrome'),
			join(cache, folder, 'chrome-linux', 'headless_shell'),
			join(cache, folder, 'chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'),
			join(cache, folder, 'chrome-win', 'chrome.exe'),
		]);
	return programs.find(existsSync);
}

async function installOnDebian(): Promise<string | undefined> {
	if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return undefined;
	const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update', '-qq'], { env: environment });
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
		env: environment,
		maxBuffer: 64 * 1024 * 1024,
	});
	return onPath();
}

/** The Chromium to test and measure with: CHROMIUM_PATH, one on PATH, one of Playwright's; on Debian as root it is installed. Throws how to get one. */
export async function findChromium(): Promise<string> {
	const given = process.env.CHROMIUM_PATH;
	if (given !== undefined && given !== '') {
		if (existsSync(given)) return given;
		throw new Error(`CHROMIUM_PATH: there is no ${given}`);
	}
	const found = onPath() ?? ofPlaywright() ?? (await installOnDebian().catch(() => undefined));
	if (found === undefined) throw new Error(HOW_TO_GET);
	return found;
}

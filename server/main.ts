import { parseArgs } from 'node:util';
import { type Config, readConfig, settingsHelp } from './config/config.ts';
import { StartError } from './errors.ts';
import { siteAddresses, welcomeAddress } from './start/site-addresses.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const EXIT_FAILED = 1;
const EXIT_WRONG_USAGE = 2;
/** npm passes a Ctrl-C on that the terminal has sent already: no second wish within this time. */
const SAME_WISH_MS = 1000;

/** Aborts at the first signal to stop; a second one, later, ends the process as if unheard. */
function stopSignal(): AbortController {
	const stopping = new AbortController();
	let askedAtMs = Number.POSITIVE_INFINITY;
	for (const signal of SIGNALS) {
		process.on(signal, () => {
			if (performance.now() - askedAtMs > SAME_WISH_MS) {
				process.removeAllListeners(signal);
				process.kill(process.pid, signal);
			} else if (!stopping.signal.aborted) {
				askedAtMs = performance.now();
				stopping.abort();
			}
		});
	}
	return stopping;
}

async function run(config: Config): Promise<void> {
	// Only now: help and refused settings need none of the half second that loading these takes.
	const { createLogger } = await import('./start/logger.ts');
	const { startSite } = await import('./start/site.ts');
	const logger = createLogger(config);
	const stopping = stopSignal();
	const { signal } = stopping;
	const stopped = new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
	const onLost = (error: Error) => {
		logger.fatal({ err: error }, 'stopping');
		process.exitCode = EXIT_FAILED;
		stopping.abort();
	};
	// Nothing else may hold the process: between two steps of a start there may be no open handle.
	const alive = setInterval(() => {}, 2 ** 30);
	try {
		await using site = await startSite({ config, logger, signal, onLost });
		if (site.port !== undefined) console.log(siteAddresses(config, site.port));
		if (site.port !== undefined && site.welcome !== undefined) {
			console.log(welcomeAddress(config, site.port, site.welcome));
		}
		if (site.isBuilding) console.log('  页面正在生成，稍候即见 · the pages are being built\n');
		await stopped;
		logger.info('stopping');
	} catch (error) {
		// Being stopped while starting is no failure, whatever step it interrupted.
		if (!signal.aborted) throw error;
	} finally {
		clearInterval(alive);
	}
	logger.info('stopped');
}

function isHelpAsked(): boolean {
	return parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help ?? false;
}

async function main(): Promise<void> {
	let needsHelp: boolean;
	try {
		needsHelp = isHelpAsked();
	} catch (error) {
		const [sentence] = (error as Error).message.split('. ');
		console.error(`start: ${sentence} — see npm start -- --help`);
		process.exitCode = EXIT_WRONG_USAGE;
		return;
	}
	if (needsHelp) {
		console.log(settingsHelp());
		return;
	}
	try {
		await run(readConfig(process.env));
	} catch (error) {
		console.error(error instanceof StartError ? error.message : error);
		process.exitCode = EXIT_FAILED;
	}
}

await main();

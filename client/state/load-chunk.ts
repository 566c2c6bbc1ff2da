import { getLiveness } from '../api/get-liveness.ts';
import { wait } from '../api/wait.ts';

const AGAIN_AFTER_MS = 1_000;
/** A page that was reloaded for this within ten minutes says so in words instead. */
const RELOAD_EVERY_MS = 600_000;
const RELOADED_AT = 'reloadedAtMs';

/** Whether to reload: the server is there, and it has not been done lately. */
async function mayReload(signal: AbortSignal): Promise<boolean> {
	const agoMs = Date.now() - Number(sessionStorage.getItem(RELOADED_AT));
	if (agoMs < RELOAD_EVERY_MS || !(await getLiveness(signal))) return false;
	sessionStorage.setItem(RELOADED_AT, String(Date.now()));
	return true;
}

/**
 * Fetches code by `import()`. After a failure it is tried once more; when that fails while the server
 * answers, the site was rebuilt (or the browser remembers the failure, as Chromium does until a page is
 * left): the page is reloaded, once, and this never resolves. Rejects when that would not help.
 */
export async function loadChunk<T>(load: () => Promise<T>): Promise<T> {
	const { signal } = new AbortController();
	try {
		return await load().catch(async (error) => {
			// Vite asks for the style of a chunk only once: a second try would do without it.
			if (/CSS/.test(error)) throw error;
			await wait(AGAIN_AFTER_MS, signal);
			return load();
		});
	} catch (error) {
		// A browser that forbids the memory could be reloaded for ever.
		if (!(await mayReload(signal).catch(() => false))) throw error;
		location.reload();
		return new Promise(() => {});
	}
}

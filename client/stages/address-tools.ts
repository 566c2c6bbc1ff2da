import type { Toolbox } from '../engine/tools/toolbox.ts';

/** What is needed of a toolbox to keep it in an address. */
export type AddressedTools = Pick<Toolbox, 'state' | 'subscribe' | 'toSearch' | 'fromSearch'>;

/** The query of the page's address: '' or `?…`. */
export interface AddressBar {
	read(): string;
	/** Puts another query in its place, without a step in the browser's history. */
	write(search: string): void;
}

/** Browsers refuse an address that changes all the time (WebKit: 100 times in 30 s). */
const REST_MS = 400;

/** The address bar of this page. Path, hash and state of the history entry stay as they are. */
const PAGE_ADDRESS: AddressBar = {
	read: () => location.search,
	write: (search) =>
		history.replaceState(history.state, '', location.pathname + search + location.hash),
};

/**
 * Opens `tools` with what the address says, then keeps the address telling what they show: written
 * when a change has come to rest, and not before there is one, so that opening a page leaves its
 * address alone. Returns what ends that.
 */
export function keepInAddress(tools: AddressedTools, bar: AddressBar = PAGE_ADDRESS): () => void {
	tools.fromSearch(bar.read());
	let timer: ReturnType<typeof setTimeout> | undefined;
	const write = (): void => {
		const search = tools.toSearch(bar.read());
		if (search !== bar.read()) bar.write(search);
	};
	const unsubscribe = tools.subscribe(() => {
		clearTimeout(timer);
		if (!tools.state.isMoving) timer = setTimeout(write, REST_MS);
	});
	return () => {
		clearTimeout(timer);
		unsubscribe();
	};
}

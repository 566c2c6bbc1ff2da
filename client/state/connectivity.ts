import { createStore, type StoreApi } from 'zustand/vanilla';

const FIRST_PROBE_MS = 2_000;
const SLOWEST_PROBE_MS = 30_000;

export interface ConnectivityState {
	/** False from the first call that nothing answered until something answers again. */
	isOnline: boolean;
}

export interface ConnectivityParts {
	/** Whether the server answers now. */
	probe(): Promise<boolean>;
	/** Runs something later; returns how to call it off. */
	later(run: () => void, delayMs: number): () => void;
	/** The connection is back: whatever was missed can be asked again. */
	onRegained(): void;
}

/**
 * Whether the server can be reached. Scope: session. It trusts what calls report over what the
 * browser believes: a kiosk on a dead switch counts itself online.
 */
export class Connectivity {
	readonly store: StoreApi<ConnectivityState> = createStore(() => ({ isOnline: true }));
	readonly #parts: ConnectivityParts;
	#delayMs = FIRST_PROBE_MS;
	#callOff: (() => void) | undefined;

	constructor(parts: ConnectivityParts) {
		this.#parts = parts;
	}

	/** What a call saw. While lost, the server is asked again at growing intervals, at most every 30 s. */
	report(isReached: boolean): void {
		const wasOnline = this.store.getState().isOnline;
		if (isReached) {
			this.#callOff?.();
			this.#callOff = undefined;
			this.#delayMs = FIRST_PROBE_MS;
			if (!wasOnline) {
				this.store.setState({ isOnline: true });
				this.#parts.onRegained();
			}
			return;
		}
		if (wasOnline) this.store.setState({ isOnline: false });
		if (!this.#callOff) this.#probeLater();
	}

	/** Asks the server now, as when a visitor presses "try again". */
	async probeNow(): Promise<void> {
		this.report(await this.#parts.probe());
	}

	#probeLater(): void {
		this.#callOff = this.#parts.later(() => {
			this.#callOff = undefined;
			this.#delayMs = Math.min(this.#delayMs * 2, SLOWEST_PROBE_MS);
			void this.probeNow();
		}, this.#delayMs);
	}
}

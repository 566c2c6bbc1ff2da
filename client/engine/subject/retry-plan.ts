import type { Tier } from '#schema/asset/asset-manifest';

/** First wait after a failure, then doubled each time up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Failures after which nobody is asked to wait any more; it is still tried once a minute, for a kiosk has nobody to press a button. */
const HOPELESS_AFTER = 6;

interface Failure {
	count: number;
	againAtMs: number;
}

/** Remembers which tiers failed and when each may be tried again. Times are milliseconds of any steady clock. */
export class RetryPlan {
	readonly #failures = new Map<Tier, Failure>();

	/** Notes a failure: the wait doubles from one second to one minute, and is never shorter than `atLeastMs`. */
	fail(tier: Tier, nowMs: number, atLeastMs = 0): void {
		const count = (this.#failures.get(tier)?.count ?? 0) + 1;
		const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (count - 1), LONGEST_WAIT_MS);
		this.#failures.set(tier, { count, againAtMs: nowMs + Math.max(waitMs, atLeastMs) });
	}

	/** Something has failed, and all that has failed has done so again and again. */
	get isHopeless(): boolean {
		const failures = [...this.#failures.values()];
		return failures.length > 0 && failures.every(({ count }) => count >= HOPELESS_AFTER);
	}

	succeed(tier: Tier): void {
		this.#failures.delete(tier);
	}

	/** Forgets every failure: the visitor asked to try again. */
	reset(): void {
		this.#failures.clear();
	}

	blocked(nowMs: number): Set<Tier> {
		const waiting = [...this.#failures].filter(([, failure]) => failure.againAtMs > nowMs);
		return new Set(waiting.map(([tier]) => tier));
	}

	/** Milliseconds until the next tier may be tried, or undefined when none waits. */
	nextInMs(nowMs: number): number | undefined {
		const times = [...this.#failures.values()]
			.map((failure) => failure.againAtMs)
			.filter((time) => time > nowMs);
		return times.length === 0 ? undefined : Math.min(...times) - nowMs;
	}
}

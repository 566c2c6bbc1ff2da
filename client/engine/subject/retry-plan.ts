import type { Tier } from '#schema/asset/asset-manifest';

/** First wait after a failure, then doubled each time up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Failures after which a tier is left alone until the visitor asks again. */
const GIVE_UP_AFTER = 6;

interface Failure {
	count: number;
	againAtMs: number;
}

/** Remembers which tiers failed and when each may be tried again. Times are milliseconds of any steady clock. */
export class RetryPlan {
	readonly #failures = new Map<Tier, Failure>();

	/** Notes a failure: the wait doubles from one second to one minute, then the tier is given up. */
	fail(tier: Tier, nowMs: number): void {
		const count = (this.#failures.get(tier)?.count ?? 0) + 1;
		const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (count - 1), LONGEST_WAIT_MS);
		const againAtMs = count >= GIVE_UP_AFTER ? Number.POSITIVE_INFINITY : nowMs + waitMs;
		this.#failures.set(tier, { count, againAtMs });
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
			.filter((time) => time > nowMs && Number.isFinite(time));
		return times.length === 0 ? undefined : Math.min(...times) - nowMs;
	}
}

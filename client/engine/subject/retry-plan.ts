import { TIERS, type Tier } from '#schema/asset/asset-manifest';
import { LoadError, type LoadFault } from '../stage/load-error.ts';

/** First wait after a failure, then doubled each time up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Failures after which a tier is only tried now and then: nobody may stand there to ask. */
const GIVE_UP_AFTER = 6;
/** The longest wait is this much shorter or longer by chance, so that the screens of a hall do not ask as one. */
const JITTER = 0.25;

/** Faults of the file itself: a larger one may well be sound. After all others a larger one fares no better. */
const OF_THE_FILE: readonly LoadFault[] = ['missing', 'unreadable'];

interface Failure {
	count: number;
	againAtMs: number;
	fault: LoadFault;
}

/** Remembers which tiers failed and when each may be tried again. Times are milliseconds of any steady clock. */
export class RetryPlan {
	readonly #failures = new Map<Tier, Failure>();
	readonly #random: () => number;

	constructor(random: () => number = Math.random) {
		this.#random = random;
	}

	/** Every tier that fails has been given up: it is tried about once a minute, and nothing more is promised. */
	get hasGivenUp(): boolean {
		const failures = [...this.#failures.values()];
		return failures.length > 0 && failures.every(({ count }) => count >= GIVE_UP_AFTER);
	}

	/**
	 * Notes a failure: the wait doubles from one second to one minute, where it stays. A server that asks
	 * for longer is left alone for as long.
	 */
	fail(tier: Tier, nowMs: number, error?: unknown): void {
		const count = (this.#failures.get(tier)?.count ?? 0) + 1;
		const jitter = 1 + JITTER * (2 * this.#random() - 1);
		const plannedMs =
			count < GIVE_UP_AFTER ? FIRST_WAIT_MS * 2 ** (count - 1) : LONGEST_WAIT_MS * jitter;
		const [fault, askedMs = 0] =
			error instanceof LoadError ? [error.reason, error.retryAfterMs] : ['unreadable' as const];
		this.#failures.set(tier, { count, againAtMs: nowMs + Math.max(plannedMs, askedMs), fault });
	}

	succeed(tier: Tier): void {
		this.#failures.delete(tier);
	}

	/** Forgets every failure: the visitor asked to try again, or the connection is back. */
	reset(): void {
		this.#failures.clear();
	}

	/**
	 * Tiers to leave alone now: those that failed lately. A transfer of something finer than what is shown
	 * that broke off also holds back what is larger still, for it goes on where it ended; so does a busy
	 * server in any case.
	 */
	blocked(nowMs: number, shown: Tier | undefined): Set<Tier> {
		const blocked = new Set<Tier>();
		for (const [tier, { count, againAtMs, fault }] of this.#failures) {
			if (againAtMs <= nowMs) continue;
			blocked.add(tier);
			const isStep = shown !== undefined && TIERS.indexOf(tier) > TIERS.indexOf(shown);
			const holdsBack = fault === 'busy' || (isStep && !OF_THE_FILE.includes(fault));
			if (!holdsBack || count >= GIVE_UP_AFTER) continue;
			for (const larger of TIERS.slice(TIERS.indexOf(tier) + 1)) blocked.add(larger);
		}
		return blocked;
	}

	/** Milliseconds until the next tier may be tried, or undefined when none waits. */
	nextInMs(nowMs: number): number | undefined {
		const times = [...this.#failures.values()]
			.map((failure) => failure.againAtMs)
			.filter((time) => time > nowMs);
		return times.length === 0 ? undefined : Math.min(...times) - nowMs;
	}
}

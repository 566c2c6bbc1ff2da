import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import type { TierLimits } from '../stage/device-budget.ts';
import type { LoadedTier } from './load-tier.ts';
import { RetryPlan } from './retry-plan.ts';
import { chooseTier, isWithinProfile, nextStep, type PieceView } from './tier-choice.ts';

/**
 * Where a piece is on its ladder. `waiting`: nothing to show yet and a retry is due; `failed`: it has
 * failed so often that it is only tried about once a minute, and `loading` is set while it is.
 */
export interface RefinerState {
	phase: 'idle' | 'loading' | 'waiting' | 'failed';
	shown: TierFile | undefined;
	loading: { tier: Tier; share: number } | undefined;
}

export interface RefinerOptions {
	/** Coarse to fine. */
	tiers: readonly TierFile[];
	load(
		file: TierFile,
		signal: AbortSignal,
		onProgress: (share: number) => void,
	): Promise<LoadedTier>;
	/** Takes the tier over and puts it in place of the one before, which it disposes. */
	show(loaded: LoadedTier): Promise<void>;
	onState(state: RefinerState): void;
	/** Milliseconds of a steady clock. */
	now?: () => number;
}

/** A transfer that has been silent for this long is not worth waiting for when there is reason to try again. */
const QUIET_MS = 2_000;

/**
 * Climbs one piece's ladder: the coarsest tier first, then what the view deserves within its limits.
 * One tier loads at a time. A tier that fails is tried again later and the next best stands in.
 * Nothing loads before the first `aim`, while paused, or after `dispose`.
 */
export class Refiner {
	readonly #options: RefinerOptions;
	readonly #retries = new RetryPlan();
	readonly #now: () => number;
	#view: PieceView | undefined;
	#limits: TierLimits = { gpuBytes: Number.POSITIVE_INFINITY, triangles: Number.POSITIVE_INFINITY };
	#abort: AbortController | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Counts losses: a tier shown for an earlier life is not there any more. */
	#life = 0;
	#lastShown: TierFile | undefined;
	#isLost = false;
	/** When something last arrived of the transfer under way. */
	#heardAtMs = 0;
	#isPaused = false;
	#isDisposed = false;
	#state: RefinerState = { phase: 'loading', shown: undefined, loading: undefined };

	constructor(options: RefinerOptions) {
		this.#options = options;
		this.#now = options.now ?? (() => performance.now());
	}

	get state(): RefinerState {
		return this.#state;
	}

	/** Says how large the piece is seen now and what it may take. Cheap: call it as the camera moves. */
	aim(view: PieceView, limits: TierLimits): void {
		this.#view = view;
		this.#limits = limits;
		this.#step();
	}

	/** Stops fetching; a transfer under way is dropped and made again on `resume`. */
	pause(): void {
		this.#isPaused = true;
		this.#abort?.abort();
	}

	resume(): void {
		this.#isPaused = false;
		this.#step();
	}

	/** Tries again at once everything that failed, and a transfer from which nothing is heard. */
	retry(): void {
		this.#retries.reset();
		if (this.#state.phase === 'failed') this.#set({ phase: 'loading' });
		const isWhole = this.#state.loading?.share === 1;
		if (!isWhole && this.#now() - this.#heardAtMs >= QUIET_MS) this.#abort?.abort();
		this.#step();
	}

	/** What was shown is gone (a lost context): fetches nothing until `restore`. */
	lose(): void {
		this.#life++;
		this.#isLost = true;
		this.#lastShown = this.#state.shown ?? this.#lastShown;
		this.#abort?.abort();
		this.#set({ phase: 'loading', shown: undefined, loading: undefined });
	}

	/** Starts over from the tier that was shown last, which the browser most likely still has. */
	restore(): void {
		this.#isLost = false;
		this.#step();
	}

	dispose(): void {
		this.#isDisposed = true;
		clearTimeout(this.#timer);
		this.#abort?.abort();
	}

	#set(state: Partial<RefinerState>): void {
		this.#state = { ...this.#state, ...state };
		if (!this.#isDisposed) this.#options.onState(this.#state);
	}

	/** The tier to fetch now, or undefined when what is shown will do. */
	#wanted(blocked: ReadonlySet<Tier>): TierFile | undefined {
		if (this.#view === undefined) return undefined;
		const { tiers } = this.#options;
		const { shown } = this.#state;
		const best = chooseTier(tiers, this.#view, this.#limits, blocked);
		if (best === undefined || best.tier === shown?.tier) return undefined;
		if (shown === undefined) return this.#firstStep(best, blocked);
		const isFiner = tiers.indexOf(best) > tiers.indexOf(shown);
		if (isFiner) return nextStep(tiers, shown.tier, best, blocked);
		const isTooMuch =
			shown.gpuBytes > this.#limits.gpuBytes ||
			shown.triangles > this.#limits.triangles ||
			!isWithinProfile(shown, this.#view);
		return isTooMuch ? best : undefined;
	}

	/** What to begin with: after a lost context what was seen before it, if that is still allowed. */
	#firstStep(best: TierFile, blocked: ReadonlySet<Tier>): TierFile {
		const { tiers } = this.#options;
		const last = this.#lastShown;
		const mayReturn =
			last !== undefined && !blocked.has(last.tier) && tiers.indexOf(last) <= tiers.indexOf(best);
		return mayReturn ? last : nextStep(tiers, undefined, best, blocked);
	}

	#step(): void {
		if (this.#isDisposed || this.#isPaused || this.#isLost || this.#abort !== undefined) return;
		clearTimeout(this.#timer);
		const nowMs = this.#now();
		const wanted = this.#wanted(this.#retries.blocked(nowMs, this.#state.shown?.tier));
		if (wanted !== undefined) {
			void this.#fetch(wanted);
			return;
		}
		const waitMs = this.#retries.nextInMs(nowMs);
		if (waitMs !== undefined) this.#timer = setTimeout(() => this.#step(), waitMs);
		if (this.#view !== undefined) this.#rest();
	}

	#rest(): void {
		const isShown = this.#state.shown !== undefined;
		const without = this.#retries.hasGivenUp ? 'failed' : 'waiting';
		const phase = isShown ? 'idle' : without;
		if (phase !== this.#state.phase) this.#set({ phase, loading: undefined });
	}

	async #fetch(file: TierFile): Promise<void> {
		const abort = new AbortController();
		this.#abort = abort;
		this.#heardAtMs = this.#now();
		const report = (share: number) => {
			if (abort.signal.aborted) return;
			this.#heardAtMs = this.#now();
			this.#set({ phase: 'loading', loading: { tier: file.tier, share } });
		};
		// What has failed for long has not stopped failing because it is tried once more.
		const phase = this.#state.phase === 'failed' ? 'failed' : 'loading';
		this.#set({ phase, loading: { tier: file.tier, share: 0 } });
		try {
			const loaded = await this.#options.load(file, abort.signal, report);
			if (abort.signal.aborted) loaded.dispose();
			else await this.#present(loaded);
		} catch (error) {
			if (!abort.signal.aborted) this.#retries.fail(file.tier, this.#now(), error);
		}
		this.#abort = undefined;
		this.#set({ loading: undefined });
		this.#step();
	}

	async #present(loaded: LoadedTier): Promise<void> {
		const life = this.#life;
		await this.#options.show(loaded);
		this.#retries.succeed(loaded.file.tier);
		if (life === this.#life) this.#set({ shown: loaded.file });
	}
}

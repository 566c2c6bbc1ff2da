import type { Object3D, Ray } from 'three';
import type { TierFile } from '#schema/asset/asset-manifest';
import { growPickTree } from './grow-pick-tree.ts';
import { type Hit, makeHit } from './hit.ts';
import type { PickProxy } from './pick-proxy.ts';
import { type PickSurface, pickSurfaceOf } from './pick-surface.ts';
import { pickTierOf } from './pick-tier.ts';

export interface PickerOptions {
	/** Coarse to fine. */
	tiers: readonly TierFile[];
	/** Fetches one tier's surface; asked for only when the tier was not offered before. */
	load(file: TierFile, signal: AbortSignal): Promise<PickSurface>;
	/** Ends it: nothing is fetched or built after, and who waits gets the signal's reason. */
	signal: AbortSignal;
}

/**
 * Owns the proxy of one piece, and fetches and builds it when it is first wanted. A piece without a
 * tier to cast at (points, splats) has none. What failed is tried again at the next call.
 */
export class Picker {
	readonly #options: PickerOptions;
	readonly #file: TierFile | undefined;
	#offered: PickSurface | undefined;
	#coming: Promise<PickProxy | undefined> | undefined;
	#proxy: PickProxy | undefined;

	constructor(options: PickerOptions) {
		this.#options = options;
		this.#file = pickTierOf(options.tiers);
	}

	/** The proxy when it is there, for who asks every frame and does not wait. */
	get proxy(): PickProxy | undefined {
		return this.#proxy;
	}

	/**
	 * Copies the surface out of a tier that was loaded to be shown, if it is the one to cast at, and saves
	 * fetching it again. Call it before the tier is uploaded, which frees its vertex data.
	 */
	offer(file: TierFile, root: Object3D): void {
		if (file.tier !== this.#file?.tier || this.#coming !== undefined) return;
		this.#offered ??= pickSurfaceOf(root);
	}

	/** Gives the proxy, after fetching and building it the first time; undefined when the piece has none. */
	ready(): Promise<PickProxy | undefined> {
		this.#coming ??= this.#prepare().catch((error: unknown) => {
			this.#coming = undefined;
			throw error;
		});
		return this.#coming;
	}

	/** Where a ray of the piece's own frame, as it is now, meets the surface once the proxy is there. */
	async pick(ray: Ray, hit: Hit = makeHit()): Promise<Hit | undefined> {
		const asked = ray.clone();
		const proxy = await this.ready();
		return proxy?.pick(asked, hit);
	}

	async #prepare(): Promise<PickProxy | undefined> {
		const { signal, load } = this.#options;
		signal.throwIfAborted();
		if (this.#file === undefined) return undefined;
		const surface = this.#offered ?? (await load(this.#file, signal));
		const [{ PickProxy }, tree] = await Promise.all([
			import('./pick-proxy.ts'),
			growPickTree(surface, signal),
		]);
		signal.throwIfAborted();
		this.#offered = undefined;
		this.#proxy = new PickProxy(tree);
		return this.#proxy;
	}
}

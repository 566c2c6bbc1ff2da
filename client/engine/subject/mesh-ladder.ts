import { Box3, type Group, Vector3 } from 'three';
import type { SpatialManifest, TierFile } from '#schema/asset/asset-manifest';
import { pickSurfaceOf } from '../pick/pick-surface.ts';
import { Picker } from '../pick/picker.ts';
import type { TierLimits } from '../stage/device-budget.ts';
import type { Claim, Sight, Subject, SubjectHost } from '../stage/subject.ts';
import { ladderClaim } from './ladder-claim.ts';
import { loadTier } from './load-tier.ts';
import { Refiner, type RefinerState } from './refiner.ts';
import type { PieceView } from './tier-choice.ts';
import { tierProfile } from './tier-profile.ts';
import { TierStand } from './tier-stand.ts';

/** A scan's manifest and the address it was read from, absolute. */
export interface LadderAsset {
	manifest: SpatialManifest;
	manifestUrl: string;
}

export interface MeshLadderOptions {
	castsShadow: boolean;
	/** It will be picked at: what is loaded to be shown serves that, too. */
	isPicked: boolean;
	onState?: (state: RefinerState) => void;
	/** Another tier is seen from now on. */
	onShow?: () => void;
	/** Resolves when the next tier may be asked for. */
	settle?: () => Promise<void>;
}

/** A scan as meshes from coarse to fine: the coarsest at once, then what the view deserves. */
export class MeshLadder implements Subject {
	readonly group: Group;
	readonly bounds: Box3;
	readonly #manifest: SpatialManifest;
	readonly #stand: TierStand;
	readonly #refiner: Refiner;
	/** Where rays meet its surface: asked for when it is first wanted. */
	readonly picker: Picker;
	readonly #life = new AbortController();

	constructor(host: SubjectHost, asset: LadderAsset, options: MeshLadderOptions) {
		this.#manifest = asset.manifest;
		const { min, max } = asset.manifest.bounds;
		this.bounds = new Box3(new Vector3(...min), new Vector3(...max));
		this.#stand = new TierStand({ castsShadow: options.castsShadow });
		this.group = this.#stand.group;
		const importance = () => host.importanceOf(this);
		const baseUrl = asset.manifestUrl;
		const { partials } = host;
		this.picker = new Picker({
			tiers: asset.manifest.tiers,
			signal: this.#life.signal,
			load: async (file, signal) => {
				const loaded = await loadTier(file, { baseUrl, signal, partials });
				try {
					return pickSurfaceOf(loaded.root);
				} finally {
					loaded.dispose();
				}
			},
		});
		this.#refiner = new Refiner({
			tiers: asset.manifest.tiers,
			load: (file, signal, onProgress) => {
				const options = { baseUrl, signal, onProgress, partials };
				return host.queue.run(importance, signal, () => loadTier(file, options));
			},
			show: async (loaded) => {
				if (options.isPicked) this.picker.offer(loaded.file, loaded.root);
				await this.#stand.show(loaded, host);
				options.onShow?.();
				host.invalidate();
				await options.settle?.();
			},
			onState: (state) => {
				options.onState?.(state);
				host.invalidate();
			},
		});
	}

	get state(): RefinerState {
		return this.#refiner.state;
	}

	get phase(): RefinerState['phase'] {
		return this.state.phase;
	}

	get isShown(): boolean {
		return this.state.shown !== undefined;
	}

	get tiers(): readonly TierFile[] {
		return this.#manifest.tiers;
	}

	claim(sight: Sight): Claim {
		return ladderClaim(this.tiers, this.#viewOf(sight), this.state.shown, sight.distanceM);
	}

	aim(sight: Sight, limits: TierLimits): void {
		this.#refiner.aim(this.#viewOf(sight), limits);
	}

	pause(isPaused: boolean): void {
		if (isPaused) this.#refiner.pause();
		else this.#refiner.resume();
	}

	lose(): void {
		this.#stand.clear();
		this.#refiner.lose();
	}

	restore(): void {
		this.#refiner.restore();
	}

	retry(): void {
		this.#refiner.retry();
	}

	dispose(): void {
		this.#life.abort();
		this.#refiner.dispose();
		this.#stand.dispose();
	}

	#viewOf(sight: Sight): PieceView {
		const diagonalM = this.bounds.max.distanceTo(this.bounds.min);
		return {
			...tierProfile(this.#manifest, sight.profile),
			pxPerM: sight.pxPerM,
			diagonalM,
		};
	}
}

import { join } from 'node:path';
import type { TierFile } from '#schema/asset/asset-manifest';
import type { DigitizeReport } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import type { StepResult } from '../cache/step-cache.ts';
import type { Painted } from '../mesh/blend-materials.ts';
import { DEVIATION_METHOD } from '../mesh/deviation.ts';
import type { SourceTexture } from '../mesh/mesh.ts';
import type { TreeArrays, Triangles } from '../mesh/triangle-tree.ts';
import type { Work } from '../work.ts';
import { planLadder, type TierBudget } from './ladder.ts';
import { shareSurface } from './share-surface.ts';
import { readSurface } from './surface-file.ts';
import { openTierPool, type TierPool } from './tier-pool.ts';
import { type FinishedTier, SURFACE_FILE } from './tier-tasks.ts';

/** A scan that is read only when a tier has to be made. */
export interface LadderInput {
	/** Names all that decides the scan's surface and textures. */
	key: string;
	triangles: number;
	/** The longest side of its largest texture. */
	texturePx: number;
	/** In the exhibit's frame. */
	read(): Promise<Painted & { textures: SourceTexture[] }>;
	/** Lets go of what was read; whoever asks again has it read again. */
	forget(): void;
}

export interface Ladder {
	/** Coarse to fine. */
	tiers: TierFile[];
	/** The box of the finest tier, in metres. */
	bounds: Bounds;
	deviations: NonNullable<DigitizeReport['deviations']>;
}

/** Where the work of the ladder begins and ends, as shares of the whole. */
const FROM = 0.25;
const TO = 0.8;

/**
 * Builds, proves, measures and writes every tier. The surfaces come one from the other, the finest
 * first, which is faster than from the scan each time, and measured to be nearer to it; while one is
 * simplified, other threads finish those above it. Every tier is remembered by itself, so a run that
 * was interrupted goes on below the last that was finished; the result does not depend on how many
 * threads there are, nor on what was remembered.
 */
export async function buildLadder(work: Work, input: LadderInput): Promise<Ladder> {
	const plan = planLadder(input.triangles, input.texturePx).toReversed();
	await using builder = new LadderBuilder(work, input, plan);
	await using pool = openTierPool(input.triangles, work.signal);
	const finished = await builder.run(pool);
	for (const { value, dir } of finished) {
		await work.folder.adopt(join(dir, value.file), value.file);
		const { brotliFile } = value;
		if (brotliFile !== null) await work.folder.adopt(join(dir, brotliFile), brotliFile);
	}
	return summary(
		plan,
		finished.map(({ value }) => value),
	);
}

/** The tiers of one scan as they come into being. Dispose of it last: it waits for what still runs. */
class LadderBuilder implements AsyncDisposable {
	readonly #work: Work;
	readonly #input: LadderInput;
	readonly #plan: TierBudget[];
	readonly #steps: Promise<StepResult<FinishedTier>>[] = [];
	#original: Promise<Original> | undefined;
	#done = 0;

	constructor(work: Work, input: LadderInput, plan: TierBudget[]) {
		this.#work = work;
		this.#input = input;
		this.#plan = plan;
	}

	/** Finest first, as the plan. */
	async run(pool: TierPool): Promise<StepResult<FinishedTier>[]> {
		let surface = async (): Promise<Painted> => (await this.#readOriginal(pool)).surface;
		for (const [i, budget] of this.#plan.entries()) {
			const started = this.#start(pool, i, budget, surface);
			this.#steps.push(started.step);
			surface = started.surface;
			// The next tier waits for this one's surface, so that threads take up work in this order.
			if (i < this.#plan.length - 1) await Promise.race([started.isSimplified, started.step]);
		}
		return await Promise.all(this.#steps);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.allSettled(this.#steps);
	}

	#start(
		pool: TierPool,
		i: number,
		budget: TierBudget,
		above: () => Promise<Painted>,
	): StartedTier {
		const simplified = Promise.withResolvers<Painted>();
		let isMade = false;
		const chain = this.#plan.slice(0, i + 1).map((b) => ({ ...b }));
		const step = this.#work.cache.step(
			`tier-${budget.tier}`,
			{ scan: this.#input.key, chain },
			async (dir) => {
				isMade = true;
				const surface = await this.#simplify(pool, budget, await above());
				simplified.resolve(surface);
				return await this.#finish(pool, budget, surface, dir);
			},
		);
		// Whoever waits for the step hears of its failure.
		step.catch(() => undefined);
		return {
			step,
			isSimplified: simplified.promise,
			surface: async () => {
				if (isMade) return await simplified.promise;
				return await readSurface(join((await step).dir, SURFACE_FILE));
			},
		};
	}

	async #simplify(pool: TierPool, budget: TierBudget, surface: Painted): Promise<Painted> {
		await this.#begin('simplify');
		if (budget.tier === 'thumb') return surface;
		const { triangles } = budget;
		return await pool.simplify({ surface, triangles });
	}

	async #finish(
		pool: TierPool,
		budget: TierBudget,
		surface: Painted,
		dir: string,
	): Promise<FinishedTier> {
		const { textures, measured, tree } = await this.#readOriginal(pool);
		await this.#begin(textures.length > 0 ? 'texture' : 'compress');
		const original = { surface: measured, tree: await tree };
		return await pool.finish({ surface, textures, budget, original, dir });
	}

	/** Each tier has two parts, which may begin while others are at work. */
	async #begin(stage: 'simplify' | 'texture' | 'compress'): Promise<void> {
		const share = this.#done / (this.#plan.length * 2);
		this.#done += 1;
		await this.#work.begin(stage, FROM + (TO - FROM) * share);
	}

	#readOriginal(pool: TierPool): Promise<Original> {
		this.#original ??= this.#prepareOriginal(pool);
		return this.#original;
	}

	async #prepareOriginal(pool: TierPool): Promise<Original> {
		const { textures, ...painted } = await this.#input.read();
		const surface = shareSurface(painted);
		const { positions, indices } = surface.mesh;
		const measured = { positions, indices };
		const tree = pool.index(measured);
		// Whoever measures hears of its failure.
		tree.catch(() => undefined);
		return { surface, measured, textures, tree };
	}
}

interface Original {
	surface: Painted;
	measured: Triangles;
	textures: SourceTexture[];
	tree: Promise<TreeArrays>;
}

interface StartedTier {
	step: Promise<StepResult<FinishedTier>>;
	isSimplified: Promise<unknown>;
	surface: () => Promise<Painted>;
}

/** What the manifest and the report say; a coarser tier is never said to be truer than a finer one. */
function summary(plan: TierBudget[], finished: FinishedTier[]): Ladder {
	const tiers: TierFile[] = [];
	const deviations: Ladder['deviations'] = [];
	let errorM = 0;
	for (const [i, { tier }] of plan.entries()) {
		const value = finished[i];
		if (value === undefined) continue;
		const { file, bytes, sha256, triangles, texturePx, gpuBytes, brotliBytes } = value;
		errorM = Math.max(errorM, value.deviation.maxM);
		const sizes = { triangles, texturePx, errorM, gpuBytes, brotliBytes };
		tiers.unshift({ tier, file, bytes, sha256, ...sizes });
		deviations.unshift({ tier, method: DEVIATION_METHOD, ...value.deviation });
	}
	const bounds = finished[0]?.bounds;
	if (bounds === undefined) throw new Error('ladder: no tier was planned — a bug in the plan');
	return { tiers, bounds, deviations };
}

import { createHash } from 'node:crypto';
import type { Json } from '../cache/canonical-json.ts';
import { heal } from '../health/heal.ts';
import type { MeshFormat } from '../intake/formats.ts';
import { readReference, referenceLog } from '../intake/resolve-reference.ts';
import type { LadderInput } from '../ladder/build-ladder.ts';
import { read } from '../read/read.ts';
import { type MeasuredMesh, measureMesh } from '../report/measure-mesh.ts';
import type { Work } from '../work.ts';
import type { Painted } from './blend-materials.ts';
import { mergeMaterials } from './merge-materials.ts';
import type { SourceTexture } from './mesh.ts';
import { orient } from './orient.ts';

/** A scan as the steps after it need it; its surface is read only when one of them has to be done. */
export interface PreparedScan extends LadderInput {
	/** What was found and done, without the tiers. */
	measured: MeasuredMesh;
}

/** References may name files that name files (MTL, textures): more than this is no scan. */
const MAX_ROUNDS = 8;

/**
 * Reads, welds, inspects and orients a scan, and remembers what was found: a later run with the same
 * file and the same files beside it reads none of its triangles unless a step needs them. Throws
 * `RefusalError`.
 */
export async function prepareScan(work: Work, format: MeshFormat): Promise<PreparedScan> {
	const lazy = new LazyScan(work, format);
	const inputs = {
		file: work.source.sha256,
		name: work.source.name,
		format,
		references: await lazy.references(),
		unit: work.options.unit ?? null,
		up: work.options.up ?? null,
	};
	const { key, value } = await work.cache.step('inspect', inputs, async () => {
		const { measured, surface } = await lazy.read();
		const texturePx = surface.textures.reduce(
			(px, { widthPx, heightPx }) => Math.max(px, widthPx, heightPx),
			0,
		);
		const facts = { triangles: surface.mesh.indices.length / 3, texturePx };
		return { measured: measured as unknown as Json, ...facts };
	});
	return {
		key,
		measured: value.measured as unknown as MeasuredMesh,
		triangles: value.triangles,
		texturePx: value.texturePx,
		read: async () => (await lazy.read()).surface,
		forget: () => lazy.forget(),
	};
}

interface Read {
	measured: MeasuredMesh;
	surface: Painted & { textures: SourceTexture[] };
}

/** A scan that is read when first asked for, and kept until it is forgotten. */
class LazyScan {
	readonly #work: Work;
	readonly #format: MeshFormat;
	readonly #followed = new Set<string>();
	#reading: Promise<Read> | undefined;

	constructor(work: Work, format: MeshFormat) {
		this.#work = work;
		this.#format = format;
	}

	read(): Promise<Read> {
		this.#reading ??= this.#prepare();
		return this.#reading;
	}

	forget(): void {
		this.#reading = undefined;
	}

	/**
	 * Hashes of the files that the scan names, by what it calls them; null for one that is missing. What
	 * it names is known from an earlier run, as long as the files that name others are the same.
	 */
	async references(): Promise<Record<string, string | null>> {
		const { source, cache } = this.#work;
		let known: Record<string, string | null> = {};
		for (let round = 0; round < MAX_ROUNDS; round += 1) {
			const inputs = { file: source.sha256, format: this.#format, known };
			const { value } = await cache.step('references', inputs, async () => {
				await this.read();
				return [...this.#followed].sort();
			});
			if (value.every((reference) => reference in known)) break;
			known = {};
			for (const reference of value) known[reference] = await this.#hash(reference);
		}
		return known;
	}

	async #hash(reference: string): Promise<string | null> {
		const bytes = await readReference(this.#work.source, reference);
		return bytes === undefined ? null : createHash('sha256').update(bytes).digest('hex');
	}

	async #prepare(): Promise<Read> {
		const { source, options, begin } = this.#work;
		const scan = await referenceLog.run(this.#followed, () => read(source, this.#format));
		await begin('inspect', 0.12);
		const healed = heal(scan, source.name);
		await begin('orient', 0.2);
		const oriented = orient(scan, healed.health, options, source.name);
		const materials = mergeMaterials(scan);
		const measured = await measureMesh(scan, healed, oriented, materials);
		return { measured, surface: { mesh: oriented.mesh, materials, textures: scan.textures } };
	}
}

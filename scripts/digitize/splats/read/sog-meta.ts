import { z } from 'zod';

const file = z.string().min(1).max(200);
const triple = z.tuple([z.number(), z.number(), z.number()]);
const fourfold = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const codebook = z.array(z.number()).length(256);
const means = z.object({ mins: triple, maxs: triple, files: z.tuple([file, file]) });
const quats = z.object({ files: z.tuple([file]) });

/** `meta.json` of version 2. Source: https://developer.playcanvas.com, "The SOG Format", 2025. */
const version2 = z.object({
	version: z.literal(2),
	asset: z.object({ generator: z.string().optional() }).optional(),
	count: z.int().positive(),
	means,
	scales: z.object({ codebook, files: z.tuple([file]) }),
	quats,
	sh0: z.object({ codebook, files: z.tuple([file]) }),
	shN: z
		.object({
			count: z.int().positive().max(65_536),
			bands: z.int().min(1).max(3),
			codebook,
			files: z.tuple([file, file]),
		})
		.optional(),
});

/**
 * `meta.json` of the tools of early 2025, without a version: limits in place of codebooks, opacity
 * before the sigmoid. Source: what PlayCanvas's engine still reads (November 2026).
 */
const version1 = z.object({
	version: z.undefined().optional(),
	means: means.extend({ shape: z.tuple([z.int().positive()], z.number()) }),
	scales: z.object({ mins: triple, maxs: triple, files: z.tuple([file]) }),
	quats: quats.extend({ encoding: z.literal('quaternion_packed').optional() }),
	sh0: z.object({ mins: fourfold, maxs: fourfold, files: z.tuple([file]) }),
	shN: z.object({ mins: z.number(), maxs: z.number(), files: z.tuple([file, file]) }).optional(),
});

/** What a SOG of either version says: which value each byte of its pictures stands for. */
export interface SogMeta {
	count: number;
	means: z.infer<typeof means>;
	/** For x, y and z, or red, green and blue: 256 values each. */
	scales: { tables: readonly (readonly number[])[]; files: [string] };
	quats: { files: [string] };
	sh0: { tables: readonly (readonly number[])[]; opacities: readonly number[]; files: [string] };
	/** `count` and `bands` are told by the pictures where they are undefined. */
	shN:
		| {
				codebook: readonly number[];
				count: number | undefined;
				bands: number | undefined;
				files: [string, string];
		  }
		| undefined;
	/** By whom it was written; undefined when it does not say. */
	generator: string | undefined;
}

/** Checks the description of a SOG; undefined when it is of neither version. */
export function sogMeta(json: unknown): SogMeta | undefined {
	const second = version2.safeParse(json);
	if (second.success) return fromVersion2(second.data);
	const first = version1.safeParse(json);
	return first.success ? fromVersion1(first.data) : undefined;
}

function fromVersion2({ scales, sh0, shN, asset, ...meta }: z.infer<typeof version2>): SogMeta {
	return {
		...meta,
		scales: { ...scales, tables: Array(3).fill(scales.codebook) },
		sh0: { ...sh0, tables: Array(3).fill(sh0.codebook), opacities: steps(0, 1) },
		shN,
		generator: asset?.generator,
	};
}

function fromVersion1({ means: places, ...meta }: z.infer<typeof version1>): SogMeta {
	const { scales, sh0, shN, quats: turns } = meta;
	const tables = (low: readonly number[], high: readonly number[]) =>
		[0, 1, 2].map((k) => steps(low[k] ?? 0, high[k] ?? 0));
	const logits = steps(sh0.mins[3], sh0.maxs[3]);
	return {
		count: places.shape[0],
		means: places,
		scales: { files: scales.files, tables: tables(scales.mins, scales.maxs) },
		quats: turns,
		sh0: {
			files: sh0.files,
			tables: tables(sh0.mins, sh0.maxs),
			opacities: logits.map((logit) => 1 / (1 + Math.exp(-logit))),
		},
		shN: shN && {
			codebook: steps(shN.mins, shN.maxs),
			count: undefined,
			bands: undefined,
			files: shN.files,
		},
		generator: undefined,
	};
}

/** 256 values from `low` to `high`. */
function steps(low: number, high: number): number[] {
	return Array.from({ length: 256 }, (_, byte) => low + ((high - low) * byte) / 255);
}

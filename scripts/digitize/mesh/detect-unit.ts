import type { LengthUnit } from '#schema/asset/asset-manifest';
import type { MeshReport } from '#schema/asset/digitize-report';

const WORDS: readonly (readonly [RegExp, LengthUnit])[] = [
	[/\bunits?\b\W{0,3}(?:is|are|in)?\W{0,3}(?:mm|millimet(?:er|re)s?)\b/i, 'mm'],
	[/\bunits?\b\W{0,3}(?:is|are|in)?\W{0,3}(?:cm|centimet(?:er|re)s?)\b/i, 'cm'],
	[/\bunits?\b\W{0,3}(?:is|are|in)?\W{0,3}(?:m|met(?:er|re)s?)\b/i, 'm'],
];

/** Up to this longest side, in the file's unit, a number reads as this unit, with this confidence. */
const BY_SIZE: readonly { upTo: number; unit: LengthUnit; confidence: number }[] = [
	{ upTo: 0.003, unit: 'm', confidence: 0.3 },
	{ upTo: 5, unit: 'm', confidence: 0.8 },
	{ upTo: 15, unit: 'm', confidence: 0.4 },
	{ upTo: 50, unit: 'cm', confidence: 0.4 },
	{ upTo: 120, unit: 'mm', confidence: 0.5 },
	{ upTo: 10_000, unit: 'mm', confidence: 0.8 },
	{ upTo: Number.POSITIVE_INFINITY, unit: 'mm', confidence: 0.3 },
];

/**
 * The unit of a scan's numbers: what the curator says, else what the format fixes (glTF: metres),
 * else what a comment in the file says, else a guess from the longest side (in the file's unit):
 * museum pieces are centimetres to metres long, and scanners write millimetres or metres.
 */
export function detectUnit(
	extent: number,
	isGltf: boolean,
	hint: string | undefined,
	given: LengthUnit | undefined,
): MeshReport['unit'] {
	if (given !== undefined) return { value: given, how: 'given', confidence: 1 };
	if (isGltf) return { value: 'm', how: 'format', confidence: 1 };
	for (const [words, value] of WORDS) {
		if (words.test(hint ?? '')) return { value, how: 'detected', confidence: 0.95 };
	}
	const { unit, confidence } = BY_SIZE.find(({ upTo }) => extent <= upTo) ?? {
		unit: 'm',
		confidence: 0,
	};
	return { value: unit, how: 'detected', confidence };
}

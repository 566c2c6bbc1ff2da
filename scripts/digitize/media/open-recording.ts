import type { Format } from '../intake/formats.ts';
import { refuse } from '../refusal-error.ts';
import type { Work } from '../work.ts';
import { findMediaTools, isMedia, type MediaInput } from './media-tools.ts';
import { type MediaFacts, probeMedia } from './probe-media.ts';

/** Finds the tools for sound and film and looks into a recording. Throws `RefusalError`. */
export async function openRecording(
	{ source, begin, signal }: Work,
	format: Format,
): Promise<{ input: MediaInput; facts: MediaFacts }> {
	if (!isMedia(format)) {
		refuse('structure-invalid', `${source.name} holds no sound and no film — leave --kind away`);
	}
	const tools = await findMediaTools(source.name, signal);
	await begin('inspect', 0.03);
	const input = { source, format, tools, signal };
	return { input, facts: await probeMedia(input) };
}

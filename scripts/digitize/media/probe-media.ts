import { z } from 'zod';
import { inputWords, type MediaInput, refuseRun } from './media-tools.ts';
import { runTool } from './run-tool.ts';

const MAX_OUTPUT = 4_000_000;

const stream = z.object({
	index: z.int().nonnegative(),
	codec_type: z.string().optional(),
	codec_name: z.string().optional(),
	width: z.int().optional(),
	height: z.int().optional(),
	sample_aspect_ratio: z.string().optional(),
	pix_fmt: z.string().optional(),
	field_order: z.string().optional(),
	color_transfer: z.string().optional(),
	r_frame_rate: z.string().optional(),
	avg_frame_rate: z.string().optional(),
	channels: z.int().optional(),
	sample_rate: z.string().optional(),
	disposition: z.record(z.string(), z.number()).optional(),
	tags: z.record(z.string(), z.string()).optional(),
	side_data_list: z.array(z.object({ rotation: z.number().optional() }).loose()).optional(),
});

const probe = z.object({
	streams: z.array(stream),
	format: z.object({
		duration: z.string().optional(),
		tags: z.record(z.string(), z.string()).optional(),
	}),
});

export type MediaStream = z.infer<typeof stream>;

/** What a recording holds: its first real picture and its first sound. */
export interface MediaFacts {
	/** Of the container; 0 where it does not say. */
	durationS: number;
	picture: MediaStream | undefined;
	sound: MediaStream | undefined;
	/** Whether it says where it was made. */
	hasPlace: boolean;
}

/** Reads a recording's header with ffprobe. Refuses with `media-unreadable`. */
export async function probeMedia(input: MediaInput): Promise<MediaFacts> {
	const { source, tools, signal } = input;
	let said = '';
	const words = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams'];
	const run = await runTool(tools.ffprobe, [...words, ...inputWords(input)], {
		signal,
		onOutput: (chunk) => {
			if (said.length < MAX_OUTPUT) said += chunk.toString('utf8');
		},
	});
	const parsed = run.status === 0 ? probe.safeParse(jsonOrNull(said)) : undefined;
	if (!parsed?.success) return refuseRun(run, source.name);
	const { streams, format } = parsed.data;
	const isCover = (s: MediaStream) => s.disposition?.attached_pic === 1;
	const tags = [format.tags, ...streams.map((s) => s.tags)];
	return {
		durationS: Number(format.duration) || 0,
		picture: streams.find((s) => s.codec_type === 'video' && !isCover(s)),
		sound: streams.find((s) => s.codec_type === 'audio'),
		hasPlace: tags.some((t) => Object.keys(t ?? {}).some((key) => /location|gps/i.test(key))),
	};
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

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
	color_space: z.string().optional(),
	color_primaries: z.string().optional(),
	color_transfer: z.string().optional(),
	start_time: z.string().optional(),
	duration: z.string().optional(),
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
		start_time: z.string().optional(),
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
	/** When the picture ends by what it says, seconds from the file's start; 0 where it does not. */
	pictureEndS: number;
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
	const picture = streams.find((s) => s.codec_type === 'video' && !isCover(s));
	const startS = Number(format.start_time) || 0;
	return {
		durationS: Number(format.duration) || 0,
		picture,
		sound: streams.find((s) => s.codec_type === 'audio'),
		pictureEndS: Math.max(0, endOf(picture) - startS),
		hasPlace: tags.some((t) => Object.keys(t ?? {}).some((key) => /location|gps/i.test(key))),
	};
}

/** When a stream ends on the file's clock, seconds; Matroska writes it as `00:00:08.940000000`. */
function endOf(stream: MediaStream | undefined): number {
	const { start_time: start, duration, tags } = stream ?? {};
	if (duration !== undefined) return (Number(start) || 0) + (Number(duration) || 0);
	const clock = tags?.DURATION?.split(':').map(Number) ?? [];
	const [hours = 0, minutes = 0, seconds = 0] = clock;
	return hours * 3600 + minutes * 60 + seconds || 0;
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

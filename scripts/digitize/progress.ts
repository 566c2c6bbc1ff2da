import { Presets, SingleBar } from 'cli-progress';
import { type DigitizeEvent, digitizeEvent } from '#schema/digitize/digitize-event';

/** Where the news of a run goes. */
export interface Progress {
	tell(event: DigitizeEvent): void;
}

/** One JSON line an event, for programs; every line is checked against the contract. */
export function jsonProgress(out: NodeJS.WritableStream): Progress {
	return { tell: (event) => void out.write(`${JSON.stringify(digitizeEvent.parse(event))}\n`) };
}

/** A line for each result, for logs. */
export function plainProgress(out: NodeJS.WritableStream): Progress {
	return {
		tell: (event) => {
			if (event.event === 'done') out.write(`${event.input} → ${event.manifest}\n`);
		},
	};
}

/** A bar that fills, for people at a terminal. */
export function barProgress(out: NodeJS.WriteStream): Progress {
	let bar: SingleBar | undefined;
	const plain = plainProgress(out);
	return {
		tell: (event) => {
			if (event.event === 'progress') {
				bar ??= startBar(out);
				bar.update(event.progress, { input: event.input, stage: event.stage });
				return;
			}
			bar?.stop();
			bar = undefined;
			plain.tell(event);
		},
	};
}

function startBar(stream: NodeJS.WriteStream): SingleBar {
	const format = '{input} {bar} {percentage}% {stage}';
	const bar = new SingleBar({ stream, format, clearOnComplete: true }, Presets.shades_grey);
	bar.start(1, 0, { input: '', stage: '' });
	return bar;
}

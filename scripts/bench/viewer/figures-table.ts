import { median, medianRatio } from './ratios.ts';
import type { VisitFigures } from './visit-figures.ts';

type FigureName = keyof VisitFigures;

const KIB = 1024;
const MB = 1e6;

/** The rows: what stands in them, in which unit, and with how many decimals. */
const ROWS: readonly { name: FigureName; label: string; per?: number; decimals?: number }[] = [
	{ name: 'firstDrawnMs', label: 'first model drawn, s', per: 1000, decimals: 2 },
	{ name: 'firstSubmittedMs', label: 'first model submitted, s', per: 1000, decimals: 2 },
	{ name: 'fullDrawnMs', label: 'full model drawn, s', per: 1000, decimals: 2 },
	{ name: 'fullSubmittedMs', label: 'full model submitted, s', per: 1000, decimals: 2 },
	{ name: 'requestsToFirstSubmitted', label: 'requests before the first is submitted' },
	{ name: 'requestsToFirstDrawn', label: 'requests before the first is drawn' },
	{ name: 'scriptBytesToFirst', label: 'scripts to first, KiB', per: KIB },
	{ name: 'modelBytesToFirst', label: 'models to first, KiB', per: KIB },
	{ name: 'bytesToFirst', label: 'all bytes to first, KiB', per: KIB },
	{ name: 'scriptBytesToFull', label: 'scripts to full, KiB', per: KIB },
	{ name: 'modelBytesToFull', label: 'models to full, KiB', per: KIB },
	{ name: 'bytesToFull', label: 'all bytes to full, KiB', per: KIB },
	{ name: 'longestTaskMs', label: 'longest task, ms' },
	{ name: 'blockingMs', label: 'total blocking time, ms' },
	{ name: 'mainThreadS', label: 'main thread until settled, s', decimals: 2 },
	{ name: 'cpuS', label: 'CPU to full, s', decimals: 2 },
	{ name: 'rendererCpuS', label: 'of it the renderer, s', decimals: 2 },
	{ name: 'gpuCpuS', label: 'of it the GPU process, s', decimals: 2 },
	{ name: 'heapBytesAtRest', label: 'heap and buffers at rest, MB', per: MB, decimals: 1 },
	{ name: 'heapBytesPeak', label: 'heap and buffers at most, MB', per: MB, decimals: 1 },
	{ name: 'textureBytes', label: 'GL textures, MB', per: MB, decimals: 1 },
	{ name: 'bufferBytes', label: 'GL buffers, MB', per: MB, decimals: 1 },
	{ name: 'draws', label: 'draws in the last frame' },
	{ name: 'triangles', label: 'triangles in the last frame' },
	{ name: 'contexts', label: 'WebGL contexts' },
];

/** What a figure is hoped to be: at most this ratio, or this value in the unit of its row. */
export type Targets = Partial<Record<FigureName, { ratio: number } | { value: number }>>;

/** One contender's rounds, in their order. */
export interface Contender {
	title: string;
	rounds: readonly VisitFigures[];
}

/** A Markdown table of two contenders: their medians, and the medians of the ratios of each round. */
export function figuresTable(ours: Contender, theirs: Contender, targets: Targets): string {
	const rows = ROWS.map(({ name, label, per = 1, decimals = 0 }) => {
		const [a, b] = [ours, theirs].map(({ rounds }) => rounds.map((round) => round[name] / per));
		return [
			label,
			number(median(a ?? []), decimals),
			number(median(b ?? []), decimals),
			number(medianRatio(a ?? [], b ?? []), 2),
			targetText(targets[name]),
		];
	});
	return [
		['', ours.title, theirs.title, 'ratio', 'target'],
		['---', '---:', '---:', '---:', '---:'],
		...rows,
	]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

function number(value: number, decimals: number): string {
	return Number.isFinite(value) ? value.toFixed(decimals) : '–';
}

function targetText(target: Targets[FigureName]): string {
	if (target === undefined) return '';
	return 'ratio' in target ? `≤ ${target.ratio}×` : `≤ ${target.value}`;
}

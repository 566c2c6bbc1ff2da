import { useMemo } from 'react';
import type { RecordSummary } from '#schema/record/summary';
import { ridge } from './ridge.ts';

/** A picture for a house without a piece yet: its first character over its own hills. */
export function MuseumSeal({ museum }: { museum: RecordSummary<'museums'> }) {
	const hills = useMemo(() => {
		const seed = [...museum.id].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0, 7);
		return [0, 1, 2].map((i) =>
			ridge({
				seed: seed + i,
				widthU: 400,
				baseU: 270 + i * 42,
				heightU: 90 - i * 18,
				floorU: 400,
			}),
		);
	}, [museum.id]);
	return (
		<span className="seal" aria-hidden="true">
			<svg viewBox="0 0 400 400" preserveAspectRatio="xMidYMid slice" role="presentation">
				{hills.map((hill) => (
					<path key={hill.outline} d={hill.outline} />
				))}
			</svg>
			<span className="seal-glyph">{museum.name['zh-CN'].slice(0, 1)}</span>
		</span>
	);
}

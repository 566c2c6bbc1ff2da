import { memo } from 'react';
import { ridge } from './ridge.ts';
import './ridge-line.css';

const WIDTH_U = 1800;
const HEIGHT_U = 260;

const LAYERS = [
	{ seed: 5, baseU: 180, heightU: 150 },
	{ seed: 42, baseU: 235, heightU: 130 },
	{ seed: 77, baseU: 275, heightU: 110 },
].map((layer) => ridge({ ...layer, widthU: WIDTH_U, floorU: HEIGHT_U + 2 }));

/** Three lines of hills where one ground passes into the other. An ornament. */
export const RidgeLine = memo(function RidgeLine({
	tone,
}: {
	tone: 'to-paper' | 'to-ink' | 'on-ink';
}) {
	return (
		<svg
			className={`ridge-line ridge-${tone}`}
			viewBox={`0 0 ${WIDTH_U} ${HEIGHT_U}`}
			preserveAspectRatio="none"
			aria-hidden="true"
			focusable="false"
		>
			{LAYERS.map((layer) => (
				<path key={layer.outline.slice(0, 60)} d={layer.outline} />
			))}
		</svg>
	);
});

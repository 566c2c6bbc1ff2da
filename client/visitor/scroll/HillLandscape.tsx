import { memo } from 'react';
import { ridge } from '../../parts/ridge.ts';
import { type Projection, SCROLL_U } from './project.ts';
import { riverShapes } from './river.ts';

/** Towards the east the hills end and the plain of Beijing begins. */
const toPlain = (share: number): number => 1 - Math.max(0, (share - 0.62) / 0.38) ** 1.4 * 0.82;

/** Far hills first: high and pale; near ones low and dark. */
const LAYERS = [
	{ seed: 11, baseU: 330, heightU: 250, tone: 0.1, profile: undefined },
	{ seed: 23, baseU: 450, heightU: 260, tone: 0.14, profile: undefined },
	{ seed: 37, baseU: 590, heightU: 250, tone: 0.18, profile: toPlain },
	{ seed: 58, baseU: 740, heightU: 230, tone: 0.24, profile: toPlain },
	{ seed: 71, baseU: 905, heightU: 200, tone: 0.34, profile: toPlain },
].map((layer) => ({
	...layer,
	...ridge({
		seed: layer.seed,
		widthU: SCROLL_U.width,
		baseU: layer.baseU,
		heightU: layer.heightU,
		floorU: SCROLL_U.height,
		...(layer.profile ? { profile: layer.profile } : {}),
	}),
}));

/** The painted ground of the scroll: five lines of hills and the river between them. An ornament. */
export const HillLandscape = memo(function HillLandscape({ project }: { project: Projection }) {
	const river = riverShapes(project);
	return (
		<svg
			className="hills"
			viewBox={`0 0 ${SCROLL_U.width} ${SCROLL_U.height}`}
			preserveAspectRatio="none"
			aria-hidden="true"
			focusable="false"
		>
			<defs>
				{LAYERS.map((layer) => (
					<linearGradient
						key={layer.seed}
						id={`mist-${layer.seed}`}
						gradientUnits="userSpaceOnUse"
						x1="0"
						x2="0"
						y1={layer.baseU - layer.heightU}
						y2={layer.baseU + 40}
					>
						<stop offset="0" stopColor="#3c4742" stopOpacity={layer.tone * 2.1} />
						<stop offset="0.45" stopColor="#5d665c" stopOpacity={layer.tone} />
						<stop offset="1" stopColor="#f4efe4" stopOpacity="0.55" />
					</linearGradient>
				))}
			</defs>
			{LAYERS.map((layer, i) => (
				<g key={layer.seed}>
					<path d={layer.outline} fill={`url(#mist-${layer.seed})`} />
					<path d={layer.strokes} className="hills-strokes" style={{ opacity: layer.tone }} />
					{i === 3 && (
						<>
							<path d={river.bank} className="hills-river-bank" />
							<path d={river.water} className="hills-river" />
							{river.ripples.map((ripple) => (
								<path key={ripple} d={ripple} className="hills-river-ripple" />
							))}
						</>
					)}
				</g>
			))}
		</svg>
	);
});

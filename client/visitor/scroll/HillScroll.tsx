import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordSummary } from '#schema/record/summary';
import { pickText } from '#schema/value/text';
import { useLanguage } from '../../parts/hooks/visit-context.ts';
import { HillLandscape } from './HillLandscape.tsx';
import { labelSize } from './label-size.ts';
import { type Box, placeLabels, spreadPoints } from './place-labels.ts';
import { projectionFor, SCROLL_U, type ScrollPoint } from './project.ts';
import './hill-scroll.css';

export interface HillScrollProps {
	museums: readonly RecordSummary<'museums'>[];
	/** The house whose page this is: it is shown first and stands out. */
	current?: string;
}

/** The Western Hills as a handscroll with the houses of the cluster in it; it scrolls sideways. */
export function HillScroll({ museums, current }: HillScrollProps) {
	const { t } = useTranslation();
	const language = useLanguage();
	const frame = useRef<HTMLElement>(null);
	const project = useMemo(() => projectionFor(museums.map((m) => m.point)), [museums]);
	const marks = useMemo(() => {
		const points = spreadPoints(museums.map((museum) => project(museum.point)));
		const sized = museums.map((museum, i) => {
			const at = points[i] ?? project(museum.point);
			return { museum, at, ...labelSize(pickText(museum.name, language).text, language) };
		});
		const boxes = placeLabels(sized);
		return sized
			.map((mark, i) => ({ ...mark, box: boxes[i] as Box }))
			.toSorted((a, b) => a.at.xU - b.at.xU);
	}, [museums, project, language]);
	const shown = current ?? museums.find((m) => m.isHub)?.id;
	const shownAt = marks.find((mark) => mark.museum.id === shown)?.at.xU;

	useEffect(() => {
		const box = frame.current;
		if (!box || shownAt === undefined) return;
		box.scrollLeft = (shownAt / SCROLL_U.width) * box.scrollWidth - box.clientWidth / 2;
	}, [shownAt]);

	return (
		<figure className="scroll-figure">
			<section
				ref={frame}
				className="scroll-frame"
				aria-label={t('scroll.label')}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
				tabIndex={0}
			>
				<div className="scroll-sheet" lang={language}>
					<HillLandscape project={project} />
					<ol>
						{marks.map((mark) => (
							<li key={mark.museum.id} data-accent={mark.museum.accent}>
								<span className="scroll-thread" style={thread(mark.at, mark.box)} />
								<Link
									href={`/museums/${mark.museum.id}`}
									className="scroll-mark"
									style={place(mark.box)}
									data-current={mark.museum.id === current}
									aria-current={mark.museum.id === current ? 'page' : undefined}
								>
									<span className="scroll-dot" style={spotFrom(mark.box, mark.at)} />
									{mark.lines.map((line) => (
										<span key={line}>{line} </span>
									))}
								</Link>
							</li>
						))}
					</ol>
				</div>
			</section>
			<figcaption className="wrap small muted">{t('scroll.note')}</figcaption>
		</figure>
	);
}

const acrossShare = (xU: number): string => `${(xU / SCROLL_U.width) * 100}%`;
const downShare = (yU: number): string => `${(yU / SCROLL_U.height) * 100}%`;

function spot({ xU, yU }: ScrollPoint): CSSProperties {
	return { left: acrossShare(xU), top: downShare(yU) };
}

function place(box: Box): CSSProperties {
	return {
		left: acrossShare(box.xU),
		top: downShare(box.yU),
		width: acrossShare(box.widthU),
		height: downShare(box.heightU),
	};
}

/** The point, seen from its label, so that both are one thing to press. */
function spotFrom(box: Box, { xU, yU }: ScrollPoint): CSSProperties {
	return {
		left: `${((xU - box.xU) / box.widthU) * 100}%`,
		top: `${((yU - box.yU) / box.heightU) * 100}%`,
	};
}

/** A thin line from the point to the nearest edge of its label. */
function thread(at: ScrollPoint, box: Box): CSSProperties {
	const isAbove = box.yU < at.yU;
	const edgeU = isAbove ? box.yU + box.heightU : box.yU;
	const xU = Math.min(Math.max(at.xU, box.xU + 6), box.xU + box.widthU - 6);
	const lengthU = Math.hypot(xU - at.xU, edgeU - at.yU);
	const turnRad = Math.atan2(edgeU - at.yU, xU - at.xU);
	return { ...spot(at), width: acrossShare(lengthU), rotate: `${turnRad}rad` };
}

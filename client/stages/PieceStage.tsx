import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import type { PieceViewerState } from '../engine/piece-viewer.ts';
import { PieceToolbar } from './PieceToolbar.tsx';
import { problemOf, StageNotice, type StageProblem } from './StageNotice.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { type PieceViewerBinding, usePieceViewer } from './use-piece-viewer.ts';
import { useUndoKeys } from './use-undo-keys.ts';
import './stage.css';

/** What one piece on a stage needs. Texts are already in the visitor's language. */
export interface PieceStageProps {
	manifest: SpatialManifest;
	/** Where the manifest was read from: its file references resolve against it. */
	manifestUrl: string;
	name: string;
	/** What a person who cannot see the model is told about its look. */
	textAlternative: string;
	/** Shown until the first pixel of the model, and kept when there is no 3D. */
	posterUrl: string;
}

/** Which tier is seen, how fine it is, and how far the next one has come. */
function TierBadge({ state }: { state: PieceViewerState }) {
	const { t } = useTranslation('stage');
	const { shown, loading } = state;
	return (
		<>
			{shown !== undefined && (
				<p className="stage-badge">
					<span>{t(`tier.${shown.tier}`)}</span>
					<span className="stage-badge-number">{t('triangles', { count: shown.triangles })}</span>
				</p>
			)}
			{loading !== undefined && (
				<progress
					className="stage-progress"
					value={loading.share}
					aria-label={t('loading', { tier: t(`tier.${loading.tier}`) })}
				/>
			)}
		</>
	);
}

/** What the button of a notice does, where it has one. */
function retryOf(problem: StageProblem | undefined, { viewer, reopen }: PieceViewerBinding) {
	if (problem === 'contextGone' || problem === 'noWebgl') return reopen;
	return problem === 'waiting' || problem === 'failed' ? () => viewer?.retry() : undefined;
}

/** One piece in 3D: the poster first, then the model, ever finer. Fills its parent's box. */
export function PieceStage(props: PieceStageProps) {
	const { manifest, manifestUrl, name, textAlternative, posterUrl } = props;
	const { t } = useTranslation('stage');
	const root = useRef<HTMLDivElement>(null);
	const describedBy = useId();
	const fullScreen = useFullScreen(root);
	const binding = usePieceViewer(root, manifest, manifestUrl);
	const { canvas, viewer, state, hasPixels, hasWebgl } = binding;
	useUndoKeys(root, viewer?.tools);
	const isSeen = hasPixels && (state === undefined || state.context === 'held');
	useEffect(() => {
		canvas?.setAttribute('aria-label', t('piece.label', { name }));
		canvas?.setAttribute('aria-describedby', describedBy);
	}, [canvas, t, name, describedBy]);
	const problem = hasWebgl ? state && problemOf(state) : 'noWebgl';
	const retry = retryOf(problem, binding);
	return (
		<div
			ref={root}
			className="stage"
			data-seen={isSeen}
			data-tier={state?.shown?.tier}
			data-phase={state?.phase}
		>
			<img className="stage-poster" src={posterUrl} alt={isSeen ? '' : textAlternative} />
			<p id={describedBy} className="stage-unseen">
				{textAlternative} {hasWebgl && t('piece.help')}
			</p>
			{state !== undefined && <TierBadge state={state} />}
			{problem !== undefined && <StageNotice problem={problem} onRetry={retry} />}
			{viewer !== undefined && isSeen && (
				<PieceToolbar tools={viewer.tools} fullScreen={fullScreen} />
			)}
		</div>
	);
}

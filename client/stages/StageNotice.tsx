import { useTranslation } from 'react-i18next';
import type { PieceViewerState } from '../engine/piece-viewer.ts';

/** What is in the way of the model, when something is. */
export type StageProblem =
	| 'waiting'
	| 'failed'
	| 'pieces'
	| 'contextLost'
	| 'contextGone'
	| 'noWebgl';

/** The problem a viewer's state amounts to. A tier that fails while another is shown is none. */
export function problemOf(state: PieceViewerState): StageProblem | undefined {
	if (state.context !== 'held') return state.context === 'lost' ? 'contextLost' : 'contextGone';
	if (state.phase === 'waiting' || state.phase === 'failed') return state.phase;
	return undefined;
}

/** One sentence about a problem, with the way forward. */
export function StageNotice({
	problem,
	onRetry,
}: {
	problem: StageProblem;
	onRetry: (() => void) | undefined;
}) {
	const { t } = useTranslation('stage');
	return (
		<div className="stage-notice" role="status">
			<p>{t(`problem.${problem}`)}</p>
			{onRetry !== undefined && (
				<button type="button" className="stage-retry" onClick={onRetry}>
					{t(problem === 'contextGone' ? 'reopen' : 'retry')}
				</button>
			)}
		</div>
	);
}

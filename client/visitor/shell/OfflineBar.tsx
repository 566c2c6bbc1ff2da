import { useTranslation } from 'react-i18next';
import { useIsOnline, useVisit } from '../../parts/hooks/visit-context.ts';

/** Says that the server is out of reach, that what was read stays, and offers to try again. */
export function OfflineBar() {
	const { t } = useTranslation();
	const { connectivity } = useVisit();
	const isOnline = useIsOnline();
	return (
		<div role="status" className="offline-place">
			{!isOnline && (
				<div className="offline on-ink">
					<div className="wrap offline-row">
						<p>{t('state.offline')}</p>
						<button type="button" className="button" onClick={() => void connectivity.probeNow()}>
							{t('state.retry')}
						</button>
					</div>
				</div>
			)}
		</div>
	);
}

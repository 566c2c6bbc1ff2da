import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { XrSupport } from '../xr/core/use-xr-support.ts';
import { StageIcon } from './StageIcon.tsx';

interface XrEntryProps {
	support: XrSupport;
	/** The headset's code is loaded: entering is one press away. */
	isReady: boolean;
	/** A press was refused by the device. */
	wasRefused: boolean;
	onEnter: (mode: 'vr' | 'ar') => void;
}

/** Enter VR, Enter AR. Where it cannot be, the buttons stay, off, and one sentence says why. */
export function XrEntry({ support, isReady, wasRefused, onEnter }: XrEntryProps) {
	const { t } = useTranslation('stage');
	const reasonId = useId();
	const reason = wasRefused ? 'refused' : support.reason;
	return (
		<div className="stage-entry">
			<div className="stage-entry-row">
				<button
					type="button"
					className="stage-enter"
					disabled={!support.vr || !isReady}
					title={support.vr ? undefined : t('xr.noVr')}
					aria-describedby={reason && reasonId}
					onClick={() => onEnter('vr')}
				>
					<StageIcon name="headset" />
					{t('xr.enterVr')}
				</button>
				<button
					type="button"
					className="stage-enter"
					disabled={!support.ar || !isReady}
					title={support.ar ? undefined : t('xr.noAr')}
					aria-describedby={reason && reasonId}
					onClick={() => onEnter('ar')}
				>
					<StageIcon name="cube" />
					{t('xr.enterAr')}
				</button>
			</div>
			{reason !== undefined && (
				<p id={reasonId} className="stage-entry-reason" role={wasRefused ? 'alert' : undefined}>
					{t(`xr.${reason}`)}
				</p>
			)}
		</div>
	);
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asset } from '#schema/asset/asset';
import type { LocalizedText } from '#schema/value/text';
import { useJob } from '../../../parts/hooks/use-job.ts';
import { useVisit } from '../../../parts/hooks/visit-context.ts';
import '../../../parts/import-banner.css';

export interface MakingProps {
	artefactId: string;
	asset: Asset;
	name: LocalizedText;
}

const WATCH_MS = 5_000;

/** A piece being made: which step, how far, live. The page turns to the piece by itself when it is done. */
export function Making({ artefactId, asset, name }: MakingProps) {
	const { t } = useTranslation();
	const { caches } = useVisit();
	const job = useJob(asset.job ?? undefined);
	useEffect(() => {
		// The job tells of its end; this is for a job that was replaced, whose end nobody hears.
		const timer = setInterval(
			() => void caches.artefacts.load('records', [artefactId], true),
			WATCH_MS,
		);
		return () => clearInterval(timer);
	}, [caches, artefactId]);
	const progress = Math.max(job?.progress ?? 0, asset.progress);
	const percent = Math.round(progress * 100);
	const isQueued = (job?.status ?? asset.status) === 'queued';
	return (
		<div className="making">
			<span className="making-glyph" aria-hidden="true" lang="zh-CN">
				{name['zh-CN'].slice(0, 1)}
			</span>
			<div className="making-words">
				<p role="status">
					{isQueued ? t('making.queued') : t(`making.stage.${job?.stage ?? 'read'}`)}
				</p>
				<progress value={progress} max={1} aria-label={t('making.label')} />
				<p className="muted small">{t('making.note', { percent })}</p>
			</div>
		</div>
	);
}

import { useTranslation } from 'react-i18next';
import type { ImportProgress } from './hooks/use-import-progress.ts';
import { LocalText } from './LocalText.tsx';
import './import-banner.css';

/** Says that pieces are still being made, how far that is, and that the rest can be used meanwhile. */
export function ImportBanner({ progress }: { progress: ImportProgress }) {
	const { t } = useTranslation();
	const { total, ready, current } = progress;
	return (
		<div className="wrap">
			<div className="import-banner">
				<p>
					{t('import.banner', { total, ready })}
					{current && (
						<span className="muted">
							{' '}
							{t('import.current')}
							<LocalText value={current.name} />
						</span>
					)}
				</p>
				<progress value={progress.progress} max={1} aria-label={t('import.label')} />
			</div>
		</div>
	);
}

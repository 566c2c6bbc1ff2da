import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../state/entry.ts';
import './entry-view.css';

export interface EntryViewProps<T> {
	entry: Entry<T>;
	/** The shape of what is coming. */
	waiting: ReactNode;
	onRetry: () => void;
	children: (data: T) => ReactNode;
}

/** Shows what is there; before that its shape; if it cannot come, why and what to do, in one sentence. */
export function EntryView<T>({ entry, waiting, onRetry, children }: EntryViewProps<T>) {
	const { t } = useTranslation();
	if (entry.data !== undefined) return children(entry.data);
	if (entry.status === 'loading' || entry.status === 'ready') {
		return (
			<div aria-busy="true">
				<span className="unseen" role="status">
					{t('state.loading')}
				</span>
				{waiting}
			</div>
		);
	}
	return (
		<div className="trouble" role="alert">
			<p>{t(`problem.${entry.code ?? 'internal'}`)}</p>
			<button type="button" className="button" onClick={onRetry}>
				{t('state.retry')}
			</button>
		</div>
	);
}

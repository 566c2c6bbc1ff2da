import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Resource } from '#schema/record/resources';
import type { RecordId } from '#schema/value/id';
import type { ClientRecord } from '../api/client-record.ts';
import { leftOutOf } from '../api/left-out.ts';
import { EntryView } from './EntryView.tsx';
import { usePageMeta } from './hooks/use-page-meta.ts';
import { useRecord } from './hooks/use-record.ts';
import { usePlainText, useVisit } from './hooks/visit-context.ts';
import { WaitingText } from './Waiting.tsx';
import './record.css';

export interface RecordPageProps<R extends Resource> {
	resource: R;
	id: RecordId;
	children: (record: ClientRecord<R>) => ReactNode;
	/** The shape of the page while the record is on its way. */
	waiting?: ReactNode;
}

/** Says that a newer server wrote more than is shown. */
function LeftOut({ count }: { count: number }) {
	const { t } = useTranslation();
	if (count === 0) return null;
	return <p className="wrap small muted">{t('state.leftOut', { count })}</p>;
}

/** The page of one record: its title and description for the window, and what stands there if it cannot come. */
export function RecordPage<R extends Resource>(props: RecordPageProps<R>) {
	const { resource, id, children, waiting } = props;
	const { t } = useTranslation();
	const text = usePlainText();
	const cache = useVisit().caches[resource];
	const entry = useRecord(resource, id);
	const record = entry.data;
	usePageMeta({
		title: record && text(record.name),
		description: record?.summary && text(record.summary),
	});
	if (!record && entry.code === 'not-found') {
		return (
			<div className="wrap section">
				<h1>{t('notFound.title')}</h1>
				<p className="lead">{t('notFound.record')}</p>
				<p>
					<Link href="/" className="button">
						{t('nav.home')}
					</Link>
				</p>
			</div>
		);
	}
	return (
		<EntryView
			entry={entry}
			onRetry={() => void cache.load('records', [id], true)}
			waiting={
				waiting ?? (
					<>
						<div className="record-head on-ink">
							<div className="wrap record-head-row">
								<WaitingText />
							</div>
						</div>
						<div className="wrap record-body">
							<WaitingText />
						</div>
					</>
				)
			}
		>
			{(shown) => (
				<>
					{children(shown)}
					<LeftOut count={leftOutOf(shown).length} />
				</>
			)}
		</EntryView>
	);
}

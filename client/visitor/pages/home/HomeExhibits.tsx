import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordSummary } from '#schema/record/summary';
import { EntryView } from '../../../parts/EntryView.tsx';
import { useList } from '../../../parts/hooks/use-list.ts';
import { useSummaries } from '../../../parts/hooks/use-record.ts';
import { LocalText } from '../../../parts/LocalText.tsx';
import { Poster } from '../../../parts/Poster.tsx';
import { WaitingText } from '../../../parts/Waiting.tsx';

/** The rooms one can walk through. */
export function HomeExhibits() {
	const { t } = useTranslation();
	const exhibits = useList('exhibits', { limit: 12 });
	return (
		<section className="on-ink" aria-labelledby="home-exhibits">
			<div className="wrap section">
				<div className="section-head">
					<h2 id="home-exhibits">{t('home.exhibits.title')}</h2>
					<p>{t('home.exhibits.lead')}</p>
				</div>
				<EntryView entry={exhibits.entry} waiting={<WaitingText />} onRetry={exhibits.retry}>
					{() => (
						<ul className="rooms">
							{exhibits.items.map((exhibit) => (
								<li key={exhibit.id}>
									<Room exhibit={exhibit} />
								</li>
							))}
						</ul>
					)}
				</EntryView>
			</div>
		</section>
	);
}

function Room({ exhibit }: { exhibit: RecordSummary<'exhibits'> }) {
	const { t } = useTranslation();
	const artefacts = useSummaries('artefacts', exhibit.artefacts);
	return (
		<Link href={`/exhibits/${exhibit.id}`} className="room">
			<span className="room-pieces">
				{exhibit.artefacts.map((id) => (
					<Poster key={id} artefact={artefacts.get(id)} isOrnament />
				))}
			</span>
			<span className="room-text">
				<span className="room-name">
					<LocalText value={exhibit.name} />
				</span>
				<span className="muted">
					<LocalText value={exhibit.summary} />
				</span>
				<span className="room-way">{t('home.exhibits.enter', { count: exhibit.pieces })}</span>
			</span>
		</Link>
	);
}

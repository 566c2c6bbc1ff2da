import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EntryView } from '../../../parts/EntryView.tsx';
import { useList } from '../../../parts/hooks/use-list.ts';
import { LocalText } from '../../../parts/LocalText.tsx';
import { WaitingText } from '../../../parts/Waiting.tsx';

/** The ways through the cluster, stop by stop. */
export function HomeTours() {
	const { t } = useTranslation();
	const tours = useList('tours', { limit: 12 });
	return (
		<section className="wrap section home-tours" aria-labelledby="home-tours">
			<div className="section-head">
				<h2 id="home-tours">{t('home.tours.title')}</h2>
				<p>{t('home.tours.lead')}</p>
			</div>
			<EntryView entry={tours.entry} waiting={<WaitingText />} onRetry={tours.retry}>
				{() =>
					tours.items.map((tour) => (
						<article key={tour.id} className="tour-strip">
							<h3>
								<Link href={`/tours/${tour.id}`}>
									<LocalText value={tour.name} />
								</Link>
							</h3>
							<p className="muted">
								<LocalText value={tour.summary} />
							</p>
							<ol className="tour-steps">
								{tour.stops.map((stop) => (
									<li key={stop.id}>
										<Link href={`/tours/${tour.id}/${stop.id}`}>
											<LocalText value={stop.title} />
										</Link>
									</li>
								))}
							</ol>
							<Link href={`/tours/${tour.id}`} className="button">
								{t('home.tours.begin', { count: tour.stops.length })}
							</Link>
						</article>
					))
				}
			</EntryView>
		</section>
	);
}

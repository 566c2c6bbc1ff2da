import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { artefactOf } from '#schema/exhibit/piece';
import type { Tour, TourStop } from '#schema/tour/tour';
import { useRecord, useSummary } from '../../parts/hooks/use-record.ts';
import { LocalText } from '../../parts/LocalText.tsx';
import { MuseumSeal } from '../../parts/MuseumSeal.tsx';
import { Poster } from '../../parts/Poster.tsx';
import { RecordHead } from '../../parts/RecordHead.tsx';
import { RecordPage } from '../../parts/RecordPage.tsx';
import { SampleMark } from '../../parts/SampleMark.tsx';
import { SourceList } from '../../parts/SourceList.tsx';
import '../../parts/cards.css';
import './tour/tour.css';

export interface TourPageProps {
	id: string;
	/** The stop the address names; the first when it names none. */
	stop: string | undefined;
}

/** One tour, a stop at a time. */
export function TourPage({ id, stop }: TourPageProps) {
	return (
		<RecordPage resource="tours" id={id}>
			{(tour) => <TourView tour={tour} stopId={stop} />}
		</RecordPage>
	);
}

function TourView({ tour, stopId }: { tour: Tour; stopId: string | undefined }) {
	const { t } = useTranslation();
	const found = tour.stops.findIndex((stop) => stop.id === stopId);
	const at = Math.max(found, 0);
	const stop = tour.stops[at];
	const previous = tour.stops[at - 1];
	const next = tour.stops[at + 1];
	return (
		<article data-accent="glaze-yellow">
			{found < 0 && (
				<RecordHead
					name={tour.name}
					kind={t('tour.kind', { count: tour.stops.length })}
					summary={tour.summary}
				/>
			)}
			<div className="wrap record-body tour-body">
				{stop && (
					<section className="tour-stop" aria-labelledby="tour-stop">
						<p className="record-kind">
							{found >= 0 && (
								<>
									<Link href={`/tours/${tour.id}`}>
										<LocalText value={tour.name} />
									</Link>{' '}
									·{' '}
								</>
							)}
							{t('tour.stop', { number: at + 1, total: tour.stops.length })}
						</p>
						<StopPicture stop={stop} />
						<div className="prose">
							{found >= 0 ? (
								<h1 id="tour-stop">
									<LocalText value={stop.title} />
								</h1>
							) : (
								<h2 id="tour-stop">
									<LocalText value={stop.title} />
								</h2>
							)}
							<p className="tour-caption">
								<LocalText value={stop.caption} />
							</p>
							<p>
								<LocalText value={stop.narration} />
							</p>
							<StopLink stop={stop} />
						</div>
						<nav className="tour-ways" aria-label={t('tour.ways')}>
							{previous && (
								<Link href={`/tours/${tour.id}/${previous.id}`} className="button" rel="prev">
									<span aria-hidden="true">‹</span> {t('tour.previous')}
								</Link>
							)}
							{next && (
								<Link
									href={`/tours/${tour.id}/${next.id}`}
									className="button button-main"
									rel="next"
								>
									{t('tour.next')}
									<LocalText value={next.title} /> <span aria-hidden="true">›</span>
								</Link>
							)}
							{!next && (
								<Link href="/" className="button button-main">
									{t('tour.end')}
								</Link>
							)}
						</nav>
					</section>
				)}
				{stop === undefined && <p>{t('state.empty')}</p>}
				<nav className="tour-all" aria-labelledby="tour-all" hidden={stop === undefined}>
					<h2 id="tour-all">{t('tour.all')}</h2>
					<ol>
						{tour.stops.map((other, i) => (
							<li key={other.id}>
								<Link
									href={`/tours/${tour.id}/${other.id}`}
									aria-current={i === at ? 'step' : undefined}
								>
									<span className="tour-number" aria-hidden="true">
										{i + 1}
									</span>
									<LocalText value={other.title} />
								</Link>
							</li>
						))}
					</ol>
					<div className="small muted">
						<SourceList sources={tour.sources} />
					</div>
				</nav>
			</div>
		</article>
	);
}

function StopPicture({ stop }: { stop: TourStop }) {
	const own = useSummary('artefacts', stop.artefact);
	const { data: museum } = useRecord('museums', stop.museum);
	const { data: tradition } = useRecord('traditions', stop.tradition);
	const { data: exhibit } = useRecord('exhibits', stop.exhibit);
	const stands = exhibit?.pieces.find(({ id }) => id === stop.piece) ?? exhibit?.pieces[0];
	const pieceId =
		museum?.signatureArtefact ?? tradition?.artefacts[0] ?? (stands && artefactOf(stands));
	const piece = useSummary('artefacts', pieceId);
	const shown = own ?? piece;
	const isWaiting = stop.artefact !== undefined || pieceId !== undefined;
	return (
		<figure className="tour-picture on-ink">
			{museum && !isWaiting ? <MuseumSeal museum={museum} /> : <Poster artefact={shown} isFirst />}
			{shown && (
				<figcaption className="muted small">
					<LocalText value={shown.name} /> {shown.isSample && <SampleMark />}
				</figcaption>
			)}
		</figure>
	);
}

function StopLink({ stop }: { stop: TourStop }) {
	const { t } = useTranslation();
	const target =
		(stop.artefact && { href: `/artefacts/${stop.artefact}`, kind: 'artefact' }) ||
		(stop.tradition && { href: `/traditions/${stop.tradition}`, kind: 'tradition' }) ||
		(stop.museum && { href: `/museums/${stop.museum}`, kind: 'museum' }) ||
		(stop.exhibit && { href: `/exhibits/${stop.exhibit}`, kind: 'exhibit' });
	if (!target) return null;
	return (
		<p>
			<Link href={target.href} className="button">
				{t(`tour.see.${target.kind}`)}
			</Link>
		</p>
	);
}

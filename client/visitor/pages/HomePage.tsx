import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordSummary } from '#schema/record/summary';
import { EntryView } from '../../parts/EntryView.tsx';
import { useImportProgress } from '../../parts/hooks/use-import-progress.ts';
import { useList } from '../../parts/hooks/use-list.ts';
import { usePageMeta } from '../../parts/hooks/use-page-meta.ts';
import { useSummaries } from '../../parts/hooks/use-record.ts';
import { ImportBanner } from '../../parts/ImportBanner.tsx';
import { LocalText } from '../../parts/LocalText.tsx';
import { MuseumCard } from '../../parts/MuseumCard.tsx';
import { WaitingPlates } from '../../parts/Waiting.tsx';
import { HillScroll } from '../scroll/HillScroll.tsx';
import { HomeExhibits } from './home/HomeExhibits.tsx';
import { HomeHero } from './home/HomeHero.tsx';
import { HomeLibraries } from './home/HomeLibraries.tsx';
import { HomeTours } from './home/HomeTours.tsx';
import { HomeTraditions } from './home/HomeTraditions.tsx';
import './home/home.css';

/** The cluster: its hills and houses, the piece each is known by, its exhibits, traditions, tours and libraries. */
export function HomePage() {
	const { t } = useTranslation();
	usePageMeta({ title: t('site.name'), description: t('site.description') });
	const museums = useList('museums', { limit: 100 });
	const progress = useImportProgress();
	const signatureIds = museums.items.flatMap((museum) => museum.signatureArtefact ?? []);
	const signatures = useSummaries('artefacts', signatureIds);
	const hubFirst = museums.items.toSorted((a, b) => Number(b.isHub) - Number(a.isHub));
	const [withPiece, others] = [true, false].map((has) =>
		hubFirst.filter((museum) => (museum.signatureArtefact !== undefined) === has),
	) as [RecordSummary<'museums'>[], RecordSummary<'museums'>[]];

	return (
		<>
			<HomeHero museums={hubFirst} signatures={signatures} />
			{progress && <ImportBanner progress={progress} />}
			<section className="section home-scroll" aria-labelledby="home-scroll">
				<div className="wrap">
					<div className="section-head">
						<h2 id="home-scroll">{t('home.scroll.title')}</h2>
						<p>{t('home.scroll.lead')}</p>
					</div>
				</div>
				<EntryView
					entry={museums.entry}
					waiting={<div className="home-scroll-waiting" />}
					onRetry={museums.retry}
				>
					{() => <HillScroll museums={museums.items} />}
				</EntryView>
			</section>
			<section className="wrap section home-museums" aria-labelledby="home-museums">
				<div className="section-head">
					<h2 id="home-museums">{t('home.museums.title')}</h2>
					<p>{t('home.museums.lead', { count: museums.items.length })}</p>
				</div>
				<EntryView entry={museums.entry} waiting={<WaitingPlates />} onRetry={museums.retry}>
					{() => (
						<>
							<ul className="plates">
								{withPiece.map((museum) => (
									<li key={museum.id} className={museum.isHub ? 'plates-hub' : undefined}>
										<MuseumCard
											museum={museum}
											signature={signatures.get(museum.signatureArtefact ?? '')}
										/>
									</li>
								))}
							</ul>
							<OtherHouses museums={others} />
						</>
					)}
				</EntryView>
			</section>
			<HomeExhibits />
			<HomeTraditions />
			<HomeTours />
			<HomeLibraries />
		</>
	);
}

/** Houses and sites that have no piece of their own in the cluster yet, as an index. */
function OtherHouses({ museums }: { museums: readonly RecordSummary<'museums'>[] }) {
	const { t } = useTranslation();
	if (museums.length === 0) return null;
	return (
		<section className="home-others" aria-labelledby="home-others">
			<h3 id="home-others">{t('home.museums.others')}</h3>
			<ul>
				{museums.map((museum) => (
					<li key={museum.id} data-accent={museum.accent}>
						<Link href={`/museums/${museum.id}`}>
							<LocalText value={museum.name} />
						</Link>
					</li>
				))}
			</ul>
		</section>
	);
}

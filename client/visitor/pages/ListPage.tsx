import { useTranslation } from 'react-i18next';
import { EntryView } from '../../parts/EntryView.tsx';
import { useImportProgress } from '../../parts/hooks/use-import-progress.ts';
import { useList } from '../../parts/hooks/use-list.ts';
import { usePageMeta } from '../../parts/hooks/use-page-meta.ts';
import { useSummaries } from '../../parts/hooks/use-record.ts';
import { ImportBanner } from '../../parts/ImportBanner.tsx';
import { MoreButton } from '../../parts/MoreButton.tsx';
import { MuseumCard } from '../../parts/MuseumCard.tsx';
import { PieceCard } from '../../parts/PieceCard.tsx';
import { TraditionRows } from '../../parts/TraditionRows.tsx';
import { WaitingPlates, WaitingText } from '../../parts/Waiting.tsx';
import '../../parts/cards.css';
import '../../parts/entry-view.css';
import '../../parts/record.css';

const LISTS = { museums: MuseumList, artefacts: ArtefactList, traditions: TraditionList } as const;

/** All houses, all pieces or all traditions. */
export function ListPage({ resource }: { resource: keyof typeof LISTS }) {
	const { t } = useTranslation();
	const title = t(`nav.${resource}`);
	usePageMeta({ title, description: t(`listing.${resource}`) });
	const List = LISTS[resource];
	return (
		<>
			<div className="record-head on-ink">
				<div className="wrap record-head-row">
					<div className="record-head-text">
						<h1>{title}</h1>
						<p className="lead">{t(`listing.${resource}`)}</p>
					</div>
				</div>
			</div>
			<div className="wrap record-body">
				<List key={resource} />
			</div>
		</>
	);
}

function Nothing() {
	const { t } = useTranslation();
	return <p className="nothing">{t('state.empty')}</p>;
}

function MuseumList() {
	const museums = useList('museums', { limit: 100 });
	const signatures = useSummaries(
		'artefacts',
		museums.items.flatMap((museum) => museum.signatureArtefact ?? []),
	);
	return (
		<EntryView entry={museums.entry} waiting={<WaitingPlates />} onRetry={museums.retry}>
			{() => (
				<>
					{museums.items.length === 0 && <Nothing />}
					<ul className="plates">
						{museums.items.map((museum) => (
							<li key={museum.id}>
								<MuseumCard
									museum={museum}
									signature={signatures.get(museum.signatureArtefact ?? '')}
								/>
							</li>
						))}
					</ul>
					<MoreButton more={museums.more} />
				</>
			)}
		</EntryView>
	);
}

function ArtefactList() {
	const artefacts = useList('artefacts', { limit: 100 });
	const progress = useImportProgress();
	return (
		<EntryView entry={artefacts.entry} waiting={<WaitingPlates />} onRetry={artefacts.retry}>
			{() => (
				<>
					{progress && <ImportBanner progress={progress} />}
					{artefacts.items.length === 0 && <Nothing />}
					<ul className="plates">
						{artefacts.items.map((artefact) => (
							<li key={artefact.id}>
								<PieceCard artefact={artefact} />
							</li>
						))}
					</ul>
					<MoreButton more={artefacts.more} />
				</>
			)}
		</EntryView>
	);
}

function TraditionList() {
	const traditions = useList('traditions', { limit: 100 });
	return (
		<EntryView entry={traditions.entry} waiting={<WaitingText />} onRetry={traditions.retry}>
			{() => (
				<>
					{traditions.items.length === 0 && <Nothing />}
					<TraditionRows traditions={traditions.items} />
					<MoreButton more={traditions.more} />
				</>
			)}
		</EntryView>
	);
}

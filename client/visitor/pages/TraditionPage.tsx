import { useTranslation } from 'react-i18next';
import type { Tradition } from '#schema/tradition/tradition';
import { CertaintyMark } from '../../parts/CertaintyMark.tsx';
import { drawable } from '../../parts/drawable.ts';
import { FactList } from '../../parts/FactList.tsx';
import { useSummaries } from '../../parts/hooks/use-record.ts';
import { LinkList } from '../../parts/LinkList.tsx';
import { LocalText } from '../../parts/LocalText.tsx';
import { LunarDays } from '../../parts/LunarDays.tsx';
import { PieceCard } from '../../parts/PieceCard.tsx';
import { RecordHead } from '../../parts/RecordHead.tsx';
import { RecordPage } from '../../parts/RecordPage.tsx';
import { SourceList } from '../../parts/SourceList.tsx';
import '../../parts/cards.css';
import '../../parts/facts.css';

/** One tradition 非遗项目. */
export function TraditionPage({ id }: { id: string }) {
	return (
		<RecordPage resource="traditions" id={id}>
			{(tradition) => <TraditionView tradition={tradition} />}
		</RecordPage>
	);
}

function TraditionView({ tradition }: { tradition: Tradition }) {
	const { t } = useTranslation();
	const artefacts = useSummaries('artefacts', tradition.artefacts);
	const museums = useSummaries('museums', tradition.museums);
	const places = useSummaries('places', tradition.places);
	const libraries = useSummaries('libraries', tradition.libraries);
	return (
		<article>
			<RecordHead
				name={tradition.name}
				kind={`${t(`category.${tradition.category}`)} · ${t(`level.${tradition.level}`)}`}
				summary={tradition.summary}
			/>
			<div className="wrap record-body">
				<div className="record-columns">
					<div>
						<p className="lead prose">
							<LocalText value={tradition.description} />
						</p>
						<ListRow tradition={tradition} />
						{[...places.values()].map((place) => (
							<section key={place.id}>
								<h2>
									<LocalText value={place.name} />
								</h2>
								<p>
									<LocalText value={place.summary} />
								</p>
							</section>
						))}
					</div>
					<div>
						<FactList facts={tradition.facts} />
					</div>
				</div>
				{artefacts.size > 0 && (
					<section>
						<h2>{t('tradition.artefacts')}</h2>
						<ul className="plates">
							{[...artefacts.values()].map((artefact) => (
								<li key={artefact.id}>
									<PieceCard artefact={artefact} />
								</li>
							))}
						</ul>
					</section>
				)}
				<div className="record-columns">
					<LinkList
						title={t('tradition.museums')}
						items={[...museums.values()].map((museum) => ({
							href: `/museums/${museum.id}`,
							name: museum.name,
						}))}
					/>
					<LinkList
						title={t('artefact.libraries')}
						items={[...libraries.values()].map((library) => ({
							href: `/libraries/${library.id}`,
							name: library.name,
						}))}
					/>
				</div>
			</div>
		</article>
	);
}

/** The row of the list of intangible heritage, as far as it is known. */
function ListRow({ tradition }: { tradition: Tradition }) {
	const { t } = useTranslation();
	const { batch, code, type, calendar, protectionUnit, categoryAtInscription } = tradition;
	const rows = [
		['code', code && drawable(code)],
		[
			'batch',
			batch && t('tradition.batchOf', { number: batch.number, announced: batch.announced }),
		],
		['type', type && t(`tradition.typeOf.${type}`)],
		['categoryThen', categoryAtInscription && <LocalText value={categoryAtInscription} />],
		['region', <LocalText key="region" value={tradition.region} />],
		['protectionUnit', protectionUnit && <LocalText value={protectionUnit} />],
		['calendar', calendar.length > 0 && <LunarDays calendar={calendar} />],
	] as const;
	return (
		<dl>
			{rows.map(
				([name, value]) =>
					value && (
						<div key={name} className="fact">
							<dt>{t(`tradition.${name}`)}</dt>
							<dd>{value}</dd>
						</div>
					),
			)}
			<div className="fact">
				<dt>{t('record.certainty')}</dt>
				<dd className="fact-proof">
					<CertaintyMark verification={tradition.verification} />
					<SourceList sources={tradition.sources} />
				</dd>
			</div>
		</dl>
	);
}

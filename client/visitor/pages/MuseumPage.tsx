import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Museum } from '#schema/museum/museum';
import { CertaintyMark } from '../../parts/CertaintyMark.tsx';
import { FactList } from '../../parts/FactList.tsx';
import { useList } from '../../parts/hooks/use-list.ts';
import { useSummary } from '../../parts/hooks/use-record.ts';
import { LinkList } from '../../parts/LinkList.tsx';
import { LocalText } from '../../parts/LocalText.tsx';
import { MuseumSeal } from '../../parts/MuseumSeal.tsx';
import { PieceCard } from '../../parts/PieceCard.tsx';
import { PlaceNote } from '../../parts/PlaceNote.tsx';
import { Poster } from '../../parts/Poster.tsx';
import { RecordHead } from '../../parts/RecordHead.tsx';
import { RecordPage } from '../../parts/RecordPage.tsx';
import { SampleMark } from '../../parts/SampleMark.tsx';
import { SourceList } from '../../parts/SourceList.tsx';
import { HillScroll } from '../scroll/HillScroll.tsx';
import '../../parts/cards.css';
import '../../parts/facts.css';

/** One house of the cluster. */
export function MuseumPage({ id }: { id: string }) {
	return (
		<RecordPage resource="museums" id={id}>
			{(museum) => <MuseumView museum={museum} />}
		</RecordPage>
	);
}

function MuseumView({ museum }: { museum: Museum }) {
	const { t } = useTranslation();
	const all = useList('museums', { limit: 100 });
	const pieces = useList('artefacts', { museum: museum.id, limit: 100 });
	const traditions = useList('traditions', { museum: museum.id, limit: 100 });
	const exhibits = useList('exhibits', { museum: museum.id, limit: 20 });
	const kind = museum.isHub ? t('museum.hub') : t(`museum.kind.${museum.kind}`);
	return (
		<article data-accent={museum.accent}>
			<RecordHead
				name={museum.name}
				kind={`${kind} · ${t(`district.${museum.district}`)}`}
				summary={museum.summary}
			>
				<Signature museum={museum} />
			</RecordHead>
			<div className="wrap record-body">
				<div className="record-columns">
					<div>
						<p className="lead prose">
							<LocalText value={museum.description} />
						</p>
						<MuseumFacts museum={museum} />
						{museum.place !== undefined && <PlaceNote id={museum.place} />}
					</div>
					<div>
						<FactList facts={museum.facts} />
					</div>
				</div>
				{pieces.items.length > 0 && (
					<section>
						<h2>{t('museum.pieces')}</h2>
						<ul className="plates">
							{pieces.items.map((artefact) => (
								<li key={artefact.id}>
									<PieceCard artefact={artefact} />
								</li>
							))}
						</ul>
					</section>
				)}
				<div className="record-columns">
					<LinkList
						title={t('museum.traditions')}
						items={traditions.items.map((tradition) => ({
							href: `/traditions/${tradition.id}`,
							name: tradition.name,
							note: t(`level.${tradition.level}`),
						}))}
					/>
					<LinkList
						title={t('museum.exhibits')}
						items={exhibits.items.map((exhibit) => ({
							href: `/exhibits/${exhibit.id}`,
							name: exhibit.name,
						}))}
					/>
				</div>
			</div>
			<section aria-labelledby="museum-where">
				<div className="wrap">
					<h2 id="museum-where" className="unseen">
						{t('museum.where')}
					</h2>
				</div>
				{all.items.length > 0 && <HillScroll museums={all.items} current={museum.id} />}
			</section>
		</article>
	);
}

function Signature({ museum }: { museum: Museum }) {
	const { t } = useTranslation();
	const piece = useSummary('artefacts', museum.signatureArtefact);
	if (museum.signatureArtefact === undefined) return <MuseumSeal museum={museum} />;
	return (
		<Link href={`/artefacts/${museum.signatureArtefact}`}>
			<Poster artefact={piece} isFirst isOrnament />
			{piece && (
				<p className="plate-signature">
					<span className="plate-signature-mark">{t('museum.signature')}</span>
					<LocalText value={piece.name} /> {piece.isSample && <SampleMark />}
				</p>
			)}
		</Link>
	);
}

function MuseumFacts({ museum }: { museum: Museum }) {
	const { t } = useTranslation();
	return (
		<dl>
			{museum.protection && (
				<div className="fact">
					<dt>{t('museum.protection')}</dt>
					<dd>
						<LocalText value={museum.protection} />
					</dd>
				</div>
			)}
			{museum.address && (
				<div className="fact">
					<dt>{t('museum.address')}</dt>
					<dd>
						<LocalText value={museum.address} />
					</dd>
				</div>
			)}
			<div className="fact">
				<dt>{t('record.certainty')}</dt>
				<dd className="fact-proof">
					<CertaintyMark verification={museum.verification} />
					<SourceList sources={museum.sources} />
				</dd>
			</div>
		</dl>
	);
}

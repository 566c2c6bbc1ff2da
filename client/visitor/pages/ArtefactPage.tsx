import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import { CertaintyMark } from '../../parts/CertaintyMark.tsx';
import { FactList } from '../../parts/FactList.tsx';
import { useRecord, useSummaries } from '../../parts/hooks/use-record.ts';
import { LinkList } from '../../parts/LinkList.tsx';
import { LocalText } from '../../parts/LocalText.tsx';
import { Poster } from '../../parts/Poster.tsx';
import { RecordPage } from '../../parts/RecordPage.tsx';
import { RegistrationTable } from '../../parts/RegistrationTable.tsx';
import { RightsLine } from '../../parts/RightsLine.tsx';
import { SampleMark } from '../../parts/SampleMark.tsx';
import { SourceList } from '../../parts/SourceList.tsx';
import { WaitingText } from '../../parts/Waiting.tsx';
import { PieceStage, StageBox } from './artefact/StageBox.tsx';
import '../../parts/record.css';
import './artefact/artefact.css';

export { PieceStage };

/** One piece: in 3D where that can be, and everything known about it. */
export function ArtefactPage({ id }: { id: string }) {
	// Ahead of need: a failure is told where it is needed.
	useEffect(() => void PieceStage.preload().catch(() => {}), []);
	return (
		<RecordPage
			resource="artefacts"
			id={id}
			waiting={
				<div className="artefact">
					<div className="artefact-stage on-ink">
						<Poster artefact={undefined} />
					</div>
					<div className="artefact-text">
						<WaitingText />
					</div>
				</div>
			}
		>
			{(artefact) => <ArtefactView artefact={artefact} />}
		</RecordPage>
	);
}

function ArtefactView({ artefact }: { artefact: ArtefactWithAsset }) {
	const { t } = useTranslation();
	const { data: museum } = useRecord('museums', artefact.museum);
	const { data: holder } = useRecord('museums', artefact.registration.holder);
	const traditions = useSummaries('traditions', artefact.traditions);
	const libraries = useSummaries('libraries', artefact.libraries);
	return (
		<article className="artefact" data-accent={museum?.accent ?? 'cinnabar'}>
			<div className="artefact-stage on-ink">
				<StageBox artefact={artefact} />
			</div>
			<div className="artefact-text">
				<header className="page-head">
					<p className="artefact-way">
						<Link href={`/museums/${artefact.museum}`}>
							{museum ? <LocalText value={museum.name} /> : t('artefact.museum')}
						</Link>
						<span className="muted"> · {t(`artefact.kind.${artefact.kind}`)}</span>
					</p>
					<h1>
						<LocalText value={artefact.name} /> {artefact.isSample && <SampleMark />}
					</h1>
					<p className="lead">
						<LocalText value={artefact.summary} />
					</p>
				</header>
				<div className="prose">
					<p>
						<LocalText value={artefact.description} />
					</p>
				</div>
				<section>
					<h2>{t('artefact.looks')}</h2>
					<p>
						<LocalText value={artefact.textAlternative} />
					</p>
				</section>
				<FactList facts={artefact.facts} />
				<RegistrationTable record={artefact.registration} holder={holder} />
				<LinkList
					title={t('artefact.traditions')}
					items={[...traditions.values()].map((tradition) => ({
						href: `/traditions/${tradition.id}`,
						name: tradition.name,
						note: t(`category.${tradition.category}`),
					}))}
				/>
				<LinkList
					title={t('artefact.libraries')}
					items={[...libraries.values()].map((library) => ({
						href: `/libraries/${library.id}`,
						name: library.name,
					}))}
				/>
				<footer className="artefact-foot">
					<div className="fact-proof">
						<CertaintyMark verification={artefact.verification} />
						<SourceList sources={artefact.sources} />
					</div>
					<RightsLine rights={artefact.rights} credit={artefact.credit} />
					{artefact.isSample && <p className="small muted">{t('sample.help')}</p>}
				</footer>
			</div>
		</article>
	);
}

import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Artefact } from '#schema/artefact/artefact-shape';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { artefactOf, type Piece } from '#schema/exhibit/piece';
import { useRecord, useRecords } from '../../parts/hooks/use-record.ts';
import { useLanguage } from '../../parts/hooks/visit-context.ts';
import { LocalText } from '../../parts/LocalText.tsx';
import { lazyPart } from '../../parts/lazy-part.ts';
import { Poster } from '../../parts/Poster.tsx';
import { RecordPage } from '../../parts/RecordPage.tsx';
import { RightsLine } from '../../parts/RightsLine.tsx';
import { SampleMark } from '../../parts/SampleMark.tsx';
import { SourceList } from '../../parts/SourceList.tsx';
import { StageBoundary } from '../../parts/StageBoundary.tsx';
import type { ExhibitStageHandle } from '../../stages/ExhibitStage.tsx';
import '../../parts/record.css';
import './exhibit/exhibit.css';

const ExhibitStage = lazyPart(
	async () => (await import('../../stages/ExhibitStage.tsx')).ExhibitStage,
);

/** One exhibit: its room in 3D, and the same pieces and texts to read. */
export function ExhibitPage({ id }: { id: string }) {
	return (
		<RecordPage resource="exhibits" id={id} waiting={<div className="exhibit-stage on-ink" />}>
			{(exhibit) => <ExhibitView exhibit={exhibit} />}
		</RecordPage>
	);
}

function ExhibitView({ exhibit }: { exhibit: Exhibit }) {
	const { t } = useTranslation();
	const language = useLanguage();
	const stage = useRef<ExhibitStageHandle>(null);
	const frame = useRef<HTMLDivElement>(null);
	const [selected, setSelected] = useState<string>();
	const { data: museum } = useRecord('museums', exhibit.museum);
	const artefacts = useRecords(
		'artefacts',
		exhibit.pieces.flatMap((piece) => artefactOf(piece) ?? []),
	);
	const walkTo = (pieceId: string): void => {
		setSelected(pieceId);
		stage.current?.focusPiece(pieceId);
		frame.current?.scrollIntoView({ block: 'nearest' });
	};
	const chosen = exhibit.pieces.find((piece) => piece.id === selected);
	const chosenArtefact = chosen && artefactOf(chosen);

	return (
		<article data-accent={museum?.accent ?? 'cinnabar'}>
			<div className="exhibit-stage on-ink" ref={frame}>
				<StageBoundary fallback={<p className="exhibit-flat">{t('exhibit.noStage')}</p>}>
					<Suspense fallback={<p className="exhibit-flat">{t('exhibit.opening')}</p>}>
						<ExhibitStage
							ref={stage}
							exhibit={exhibit}
							artefacts={artefacts}
							language={language}
							onSelectPiece={setSelected}
						/>
					</Suspense>
				</StageBoundary>
			</div>
			<div className="exhibit-chosen on-ink" role="status">
				{chosen && chosenArtefact && (
					<p className="wrap">
						<LocalText value={chosen.caption} />{' '}
						<Link href={`/artefacts/${chosenArtefact}`}>{t('exhibit.seePiece')}</Link>
					</p>
				)}
			</div>
			<div className="wrap record-body">
				<header className="page-head">
					<p className="record-kind">
						{museum && (
							<Link href={`/museums/${museum.id}`}>
								<LocalText value={museum.name} />
							</Link>
						)}
					</p>
					<h1>
						<LocalText value={exhibit.name} /> {exhibit.isSample && <SampleMark />}
					</h1>
					<p className="lead prose">
						<LocalText value={exhibit.description} />
					</p>
				</header>
				<section aria-labelledby="exhibit-pieces">
					<h2 id="exhibit-pieces">{t('exhibit.pieces')}</h2>
					{exhibit.pieces.length === 0 && <p>{t('state.empty')}</p>}
					<ol className="exhibit-pieces">
						{exhibit.pieces.map((piece) => {
							const artefact = artefacts.get(artefactOf(piece) ?? '');
							return (
								<li key={piece.id} data-chosen={piece.id === selected}>
									{artefactOf(piece) !== undefined && <Poster artefact={artefact} isOrnament />}
									<div className="exhibit-piece-text">
										<h3>
											<PieceName piece={piece} artefact={artefact} />
										</h3>
										<p className="muted">
											<LocalText value={piece.caption} />
										</p>
										{piece.hotspots.map((hotspot) => (
											<p key={hotspot.id} className="small">
												<LocalText value={hotspot.title} />
												{t('text.colon')}
												<LocalText value={hotspot.body} />
											</p>
										))}
										<button type="button" className="button" onClick={() => walkTo(piece.id)}>
											{t('exhibit.walkTo')}
											{artefact && (
												<span className="unseen">
													<LocalText value={artefact.name} />
												</span>
											)}
										</button>
									</div>
								</li>
							);
						})}
					</ol>
				</section>
				<ExhibitTexts exhibit={exhibit} />
			</div>
		</article>
	);
}

/** What a piece is called: its artefact, which has a page of its own, or else its caption. */
function PieceName({ piece, artefact }: { piece: Piece; artefact: Artefact | undefined }) {
	const id = artefactOf(piece);
	if (id === undefined) return <LocalText value={piece.caption} />;
	return (
		<Link href={`/artefacts/${id}`}>{artefact ? <LocalText value={artefact.name} /> : id}</Link>
	);
}

function ExhibitTexts({ exhibit }: { exhibit: Exhibit }) {
	const { t } = useTranslation();
	return (
		<section aria-labelledby="exhibit-texts">
			<h2 id="exhibit-texts">{t('exhibit.texts')}</h2>
			<div className="exhibit-texts">
				{exhibit.texts.map((text) => (
					<section key={text.id}>
						<h3>
							<LocalText value={text.title} />
						</h3>
						<p>
							<LocalText value={text.body} />
						</p>
					</section>
				))}
			</div>
			<div className="exhibit-foot">
				<RightsLine rights={exhibit.rights} />
				<div className="small muted">
					<SourceList sources={exhibit.sources} />
				</div>
			</div>
		</section>
	);
}

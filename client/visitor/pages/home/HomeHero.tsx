import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordSummary } from '#schema/record/summary';
import type { RecordId } from '#schema/value/id';
import { usePlainText } from '../../../parts/hooks/visit-context.ts';
import { LocalText } from '../../../parts/LocalText.tsx';
import { Poster } from '../../../parts/Poster.tsx';
import { RidgeLine } from '../../../parts/RidgeLine.tsx';
import { SampleMark } from '../../../parts/SampleMark.tsx';
import './hero.css';

export interface HomeHeroProps {
	/** The hub first: its piece opens the page. */
	museums: readonly RecordSummary<'museums'>[];
	signatures: ReadonlyMap<RecordId, RecordSummary<'artefacts'>>;
}

const CHOICES_MAX = 8;

/** The first sight: one piece as the light in the room, and the others to choose from. */
export function HomeHero({ museums, signatures }: HomeHeroProps) {
	const { t } = useTranslation();
	const text = usePlainText();
	const [chosen, setChosen] = useState<RecordId>();
	const choices = museums
		.flatMap((museum) => {
			const piece = signatures.get(museum.signatureArtefact ?? '');
			return piece ? { museum, piece } : [];
		})
		.slice(0, CHOICES_MAX);
	const shown =
		choices.find(({ piece }) => piece.id === chosen) ??
		choices.find(({ piece }) => piece.poster !== null) ??
		choices[0];

	return (
		<section className="hero on-ink" data-accent={shown?.museum.accent ?? 'cinnabar'}>
			<div className="wrap hero-row">
				<div className="hero-text">
					<h1>{t('home.title')}</h1>
					<p className="hero-sub">{t('home.subtitle')}</p>
					<p className="lead">{t('home.lead')}</p>
					<div className="hero-ways">
						{shown && (
							<Link href={`/artefacts/${shown.piece.id}`} className="button button-main">
								{t('home.seePiece')}
							</Link>
						)}
						<a href="#home-scroll" className="button">
							{t('home.seeHills')}
						</a>
					</div>
				</div>
				<div className="hero-piece">
					<p className="hero-column" aria-hidden="true" lang="zh-CN">
						{shown ? shown.piece.name['zh-CN'] : '一馆一品'}
					</p>
					<div className="hero-poster" key={shown?.piece.id ?? 'none'}>
						<Poster artefact={shown?.piece} isFirst />
					</div>
					{shown && (
						<p className="hero-caption">
							<span className="hero-name">
								<LocalText value={shown.piece.name} />
							</span>{' '}
							{shown.piece.isSample && <SampleMark />}
							<br />
							<Link href={`/museums/${shown.museum.id}`}>
								<LocalText value={shown.museum.name} />
							</Link>
						</p>
					)}
				</div>
			</div>
			{choices.length > 1 && (
				<fieldset className="wrap hero-choices">
					<legend className="unseen">{t('home.choosePiece')}</legend>
					{choices.map(({ piece }) => (
						<button
							key={piece.id}
							type="button"
							className="hero-choice"
							aria-pressed={piece.id === shown?.piece.id}
							aria-label={text(piece.name)}
							onClick={() => setChosen(piece.id)}
						>
							<Poster artefact={piece} isOrnament />
						</button>
					))}
				</fieldset>
			)}
			<RidgeLine tone="to-paper" />
		</section>
	);
}

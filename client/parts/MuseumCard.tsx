import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordSummary } from '#schema/record/summary';
import { LocalText } from './LocalText.tsx';
import { MuseumSeal } from './MuseumSeal.tsx';
import { Poster } from './Poster.tsx';
import './cards.css';

export interface MuseumCardProps {
	museum: RecordSummary<'museums'>;
	/** Its one piece, when it has one and it has arrived. */
	signature: RecordSummary<'artefacts'> | undefined;
}

/** A museum and the piece it is known by 一馆一品. */
export function MuseumCard({ museum, signature }: MuseumCardProps) {
	const { t } = useTranslation();
	const hasPiece = museum.signatureArtefact !== undefined;
	return (
		<Link
			href={`/museums/${museum.id}`}
			className={museum.isHub ? 'plate plate-hub' : 'plate'}
			data-accent={museum.accent}
		>
			{hasPiece ? <Poster artefact={signature} isOrnament /> : <MuseumSeal museum={museum} />}
			<span className="plate-text">
				<span className="plate-name">
					<LocalText value={museum.name} />
				</span>
				<span className="plate-note">
					{museum.isHub ? t('museum.hub') : t(`museum.kind.${museum.kind}`)} ·{' '}
					{t(`district.${museum.district}`)}
				</span>
				{signature && (
					<span className="plate-signature">
						<span className="plate-signature-mark">{t('museum.signature')}</span>
						<LocalText value={signature.name} />
					</span>
				)}
			</span>
		</Link>
	);
}

import { useTranslation } from 'react-i18next';
import { posterOf, type ShownPiece } from '../state/poster-of.ts';
import { usePlainText } from './hooks/visit-context.ts';
import './poster.css';

export interface PosterProps {
	/** Undefined while it is on its way. */
	artefact: ShownPiece | undefined;
	/** Fetched before anything else: the picture a page opens with. */
	isFirst?: boolean;
	/** Beside its own name a picture adds nothing for a reader who cannot see it. */
	isOrnament?: boolean;
}

/** The picture of a piece in its pool of light; while there is none, its shape and how far it has come. */
export function Poster({ artefact, isFirst = false, isOrnament = false }: PosterProps) {
	const { t } = useTranslation();
	const text = usePlainText();
	if (!artefact) return <div className="poster poster-waiting" aria-hidden="true" />;
	const poster = posterOf(artefact);
	if (poster) {
		const { url, widthPx, heightPx } = poster;
		return (
			<div className="poster">
				<img
					src={url}
					width={widthPx}
					height={heightPx}
					alt={isOrnament ? '' : text(artefact.textAlternative)}
					loading={isFirst ? 'eager' : 'lazy'}
					fetchPriority={isFirst ? 'high' : 'auto'}
					decoding="async"
				/>
			</div>
		);
	}
	const status = artefact.asset?.status;
	const isMaking = status === 'queued' || status === 'running';
	return (
		<div className={isMaking ? 'poster poster-waiting' : 'poster'}>
			<span className="poster-glyph" aria-hidden="true">
				{artefact.name['zh-CN'].slice(0, 1)}
			</span>
			{isMaking && <span className="poster-note">{t('piece.making')}</span>}
			{(status === 'failed' || status === 'taken-down') && (
				<span className="poster-note">{t('piece.noModel')}</span>
			)}
		</div>
	);
}

import { Link } from 'wouter';
import type { RecordSummary } from '#schema/record/summary';
import { LocalText } from './LocalText.tsx';
import { Poster } from './Poster.tsx';
import { SampleMark } from './SampleMark.tsx';
import './cards.css';

/** A piece as a plate of the catalogue. */
export function PieceCard({ artefact }: { artefact: RecordSummary<'artefacts'> }) {
	return (
		<Link href={`/artefacts/${artefact.id}`} className="plate">
			<Poster artefact={artefact} isOrnament />
			<span className="plate-text">
				<span className="plate-name">
					<LocalText value={artefact.name} /> {artefact.isSample && <SampleMark />}
				</span>
				<span className="plate-note">
					<LocalText value={artefact.summary} />
				</span>
			</span>
		</Link>
	);
}

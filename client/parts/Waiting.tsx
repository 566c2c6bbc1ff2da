import { Poster } from './Poster.tsx';
import './cards.css';
import './entry-view.css';

const SIX = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The shape of plates that are on their way. */
export function WaitingPlates() {
	return (
		<div className="plates" aria-hidden="true">
			{SIX.map((key) => (
				<div key={key}>
					<Poster artefact={undefined} />
					<div className="ghost-line" />
				</div>
			))}
		</div>
	);
}

/** The shape of a text that is on its way. */
export function WaitingText() {
	return (
		<div className="prose" aria-hidden="true">
			<div className="ghost-title" />
			<div>
				{SIX.map((key) => (
					<div key={key} className="ghost-line" />
				))}
			</div>
		</div>
	);
}

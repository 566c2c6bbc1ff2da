import { useTranslation } from 'react-i18next';
import { CertaintyMark } from './CertaintyMark.tsx';
import { useRecord } from './hooks/use-record.ts';
import { LocalText } from './LocalText.tsx';
import { SourceList } from './SourceList.tsx';
import './facts.css';

/** The place a record belongs to, as a part of its page. Absent until it has arrived. */
export function PlaceNote({ id }: { id: string }) {
	const { t } = useTranslation();
	const { data: place } = useRecord('places', id);
	if (!place) return null;
	return (
		<section>
			<h2>
				{t('place.title')}
				<LocalText value={place.name} />
			</h2>
			<p>
				<LocalText value={place.summary} />
			</p>
			<div className="fact-proof">
				<CertaintyMark verification={place.verification} />
				<SourceList sources={place.sources} />
			</div>
		</section>
	);
}

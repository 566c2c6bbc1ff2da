import { useTranslation } from 'react-i18next';
import { EntryView } from '../../../parts/EntryView.tsx';
import { useList } from '../../../parts/hooks/use-list.ts';
import { TraditionRows } from '../../../parts/TraditionRows.tsx';
import { WaitingText } from '../../../parts/Waiting.tsx';

/** The intangible heritage of the hills, as the index of a catalogue. */
export function HomeTraditions() {
	const { t } = useTranslation();
	const traditions = useList('traditions', { limit: 100 });
	return (
		<section className="wrap section" aria-labelledby="home-traditions">
			<div className="section-head">
				<h2 id="home-traditions">{t('home.traditions.title')}</h2>
				<p>{t('home.traditions.lead')}</p>
			</div>
			<EntryView entry={traditions.entry} waiting={<WaitingText />} onRetry={traditions.retry}>
				{() => <TraditionRows traditions={traditions.items} />}
			</EntryView>
		</section>
	);
}

import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordSummary } from '#schema/record/summary';
import { LocalText } from './LocalText.tsx';
import { LunarDays } from './LunarDays.tsx';
import './tradition-rows.css';

/** Traditions as lines of an index: name, category, level, and the days they are held on. */
export function TraditionRows({
	traditions,
}: {
	traditions: readonly RecordSummary<'traditions'>[];
}) {
	const { t } = useTranslation();
	return (
		<ul className="tradition-rows">
			{traditions.map((tradition) => (
				<li key={tradition.id}>
					<Link href={`/traditions/${tradition.id}`} className="tradition-row">
						<span className="tradition-name">
							<LocalText value={tradition.name} />
						</span>
						<span className="tradition-note">
							{t(`category.${tradition.category}`)} · {t(`level.${tradition.level}`)}
							{tradition.calendar.length > 0 && ' · '}
							<LunarDays calendar={tradition.calendar} />
						</span>
					</Link>
				</li>
			))}
		</ul>
	);
}

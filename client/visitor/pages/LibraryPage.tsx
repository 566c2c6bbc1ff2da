import { useTranslation } from 'react-i18next';
import type { Library } from '#schema/library/library';
import { FactList } from '../../parts/FactList.tsx';
import { useList } from '../../parts/hooks/use-list.ts';
import { MoreButton } from '../../parts/MoreButton.tsx';
import { PieceCard } from '../../parts/PieceCard.tsx';
import { RecordHead } from '../../parts/RecordHead.tsx';
import { RecordPage } from '../../parts/RecordPage.tsx';
import { SourceList } from '../../parts/SourceList.tsx';
import { TraditionRows } from '../../parts/TraditionRows.tsx';
import '../../parts/cards.css';
import '../../parts/entry-view.css';

/** One resource library 资源库 and what stands in it so far. */
export function LibraryPage({ id }: { id: string }) {
	return (
		<RecordPage resource="libraries" id={id}>
			{(library) => <LibraryView library={library} />}
		</RecordPage>
	);
}

function LibraryView({ library }: { library: Library }) {
	const { t } = useTranslation();
	const pieces = useList('artefacts', { library: library.id, limit: 24 });
	const traditions = useList('traditions', { library: library.id, limit: 100 });
	const isEmpty =
		pieces.entry.status === 'ready' &&
		traditions.entry.status === 'ready' &&
		pieces.items.length + traditions.items.length === 0;
	return (
		<article data-accent="malachite">
			<RecordHead
				name={library.name}
				kind={t('library.place', {
					number: library.number,
					group: t(`library.group.${library.group}`),
				})}
				summary={library.summary}
			/>
			<div className="wrap record-body">
				{isEmpty && <p className="nothing">{t('library.empty')}</p>}
				{pieces.items.length > 0 && (
					<section>
						<h2>{t('library.pieces')}</h2>
						<ul className="plates">
							{pieces.items.map((artefact) => (
								<li key={artefact.id}>
									<PieceCard artefact={artefact} />
								</li>
							))}
						</ul>
						<MoreButton more={pieces.more} />
					</section>
				)}
				{traditions.items.length > 0 && (
					<section>
						<h2>{t('library.traditions')}</h2>
						<TraditionRows traditions={traditions.items} />
					</section>
				)}
				<FactList facts={library.facts} />
				<div className="small muted">
					<SourceList sources={library.sources} />
				</div>
			</div>
		</article>
	);
}

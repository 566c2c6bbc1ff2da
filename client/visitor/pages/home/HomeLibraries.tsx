import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { LIBRARY_GROUPS } from '#schema/library/library';
import { EntryView } from '../../../parts/EntryView.tsx';
import { useList } from '../../../parts/hooks/use-list.ts';
import { LocalText } from '../../../parts/LocalText.tsx';
import { WaitingText } from '../../../parts/Waiting.tsx';

const NUMERALS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The ten libraries in their three groups, 5 + 3 + 2. */
export function HomeLibraries() {
	const { t } = useTranslation();
	const libraries = useList('libraries', { limit: 100 });
	return (
		<section className="wrap section" aria-labelledby="home-libraries">
			<div className="section-head">
				<h2 id="home-libraries">{t('home.libraries.title')}</h2>
				<p>{t('home.libraries.lead')}</p>
			</div>
			<EntryView entry={libraries.entry} waiting={<WaitingText />} onRetry={libraries.retry}>
				{() => (
					<div className="library-groups">
						{LIBRARY_GROUPS.map((group) => {
							const own = libraries.items
								.filter((library) => library.group === group)
								.toSorted((a, b) => a.number - b.number);
							return (
								<section key={group} className="library-group" aria-labelledby={`group-${group}`}>
									<p className="library-count" aria-hidden="true" lang="zh-CN">
										{NUMERALS[own.length] ?? own.length}
									</p>
									<h3 id={`group-${group}`}>{t(`library.group.${group}`)}</h3>
									<ul>
										{own.map((library) => (
											<li key={library.id}>
												<Link href={`/libraries/${library.id}`}>
													<LocalText value={library.name} />
												</Link>
											</li>
										))}
									</ul>
								</section>
							);
						})}
					</div>
				)}
			</EntryView>
		</section>
	);
}

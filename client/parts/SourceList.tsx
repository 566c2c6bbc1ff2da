import { useTranslation } from 'react-i18next';
import type { Source } from '#schema/value/provenance';

/** Where statements come from, folded away. Links leave the house, so they say where they go. */
export function SourceList({ sources }: { sources: readonly Source[] }) {
	const { t } = useTranslation();
	if (sources.length === 0) return null;
	return (
		<details className="sources">
			<summary>{t('sources.summary', { count: sources.length })}</summary>
			<ul>
				{sources.map((source) => (
					<li key={`${source.title} ${source.url ?? ''}`}>
						{source.url === undefined ? (
							source.title
						) : (
							<a href={source.url} rel="noreferrer noopener external" target="_blank">
								{source.title}
								<span className="unseen">{t('link.newWindow')}</span>
							</a>
						)}
						{source.date !== undefined && <span className="muted"> · {source.date}</span>}
					</li>
				))}
			</ul>
		</details>
	);
}

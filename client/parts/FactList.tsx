import { useTranslation } from 'react-i18next';
import type { Fact } from '#schema/value/provenance';
import { CertaintyMark } from './CertaintyMark.tsx';
import { LocalText } from './LocalText.tsx';
import { SourceList } from './SourceList.tsx';
import './facts.css';

/** The checked statements about a record, each with how sure it is and where it comes from. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
	const { t } = useTranslation();
	if (facts.length === 0) return null;
	return (
		<section className="facts" aria-labelledby="facts-title">
			<h2 id="facts-title">{t('facts.title')}</h2>
			<dl>
				{facts.map((fact) => (
					<div key={`${fact.label['zh-CN']} ${fact.value['zh-CN']}`} className="fact">
						<dt>
							<LocalText value={fact.label} />
						</dt>
						<dd>
							<p>
								<LocalText value={fact.value} />
							</p>
							<div className="fact-proof">
								<CertaintyMark verification={fact.verification} />
								<SourceList sources={fact.sources} />
							</div>
						</dd>
					</div>
				))}
			</dl>
		</section>
	);
}

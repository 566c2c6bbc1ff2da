import { useTranslation } from 'react-i18next';
import { verification as verifications } from '#schema/value/provenance';
import { CertaintyMark } from '../../parts/CertaintyMark.tsx';
import { usePageMeta } from '../../parts/hooks/use-page-meta.ts';
import '../../parts/record.css';
import '../../parts/facts.css';

const SECTIONS = ['sample', 'data', 'software', 'privacy', 'access'] as const;

/** What this is, how sure its statements are, and under which terms everything stands. */
export function AboutPage() {
	const { t } = useTranslation();
	usePageMeta({ title: t('nav.about'), description: t('about.lead') });
	return (
		<article>
			<div className="record-head on-ink">
				<div className="wrap record-head-row">
					<div className="record-head-text">
						<h1>{t('nav.about')}</h1>
						<p className="lead">{t('about.lead')}</p>
					</div>
				</div>
			</div>
			<div className="wrap record-body">
				<section className="prose">
					<h2>{t('about.certainty.title')}</h2>
					<p>{t('about.certainty.body')}</p>
					<ul>
						{verifications.options.map((verification) => (
							<li key={verification} className="register-row">
								<CertaintyMark verification={verification} />
								<span>{t(`certainty.help.${verification}`)}</span>
							</li>
						))}
					</ul>
				</section>
				{SECTIONS.map((section) => (
					<section key={section} className="prose">
						<h2>{t(`about.${section}.title`)}</h2>
						<p>{t(`about.${section}.body`)}</p>
					</section>
				))}
			</div>
		</article>
	);
}

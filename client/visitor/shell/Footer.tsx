import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { RidgeLine } from '../../parts/RidgeLine.tsx';

/** The end of every page: what this is, and that its objects are samples. */
export function Footer() {
	const { t } = useTranslation();
	return (
		<footer className="footer on-ink">
			<RidgeLine tone="to-ink" />
			<div className="wrap footer-row">
				<p className="footer-name">{t('site.name')}</p>
				<p className="muted">{t('footer.sample')}</p>
				<ul className="footer-links">
					<li>
						<Link href="/about">{t('nav.about')}</Link>
					</li>
					<li>
						<Link href="/museums">{t('nav.museums')}</Link>
					</li>
					<li>
						<Link href="/artefacts">{t('nav.artefacts')}</Link>
					</li>
					<li>
						<Link href="/traditions">{t('nav.traditions')}</Link>
					</li>
				</ul>
			</div>
		</footer>
	);
}

import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import './shell.css';

const PLACES = ['museums', 'artefacts', 'traditions'] as const;

/** The way to everything, on every page. On a kiosk it stands below, within reach. */
export function Header() {
	const { t } = useTranslation();
	return (
		<header className="header on-ink">
			<div className="wrap header-row">
				<Link href="/" className="wordmark" aria-label={t('nav.wordmark')}>
					<span className="wordmark-seal" aria-hidden="true" lang="zh-CN">
						西山
					</span>
				</Link>
				<nav aria-label={t('nav.label')}>
					<ul className="header-nav">
						{PLACES.map((place) => (
							<li key={place}>
								<Link href={`/${place}`} className={navClass}>
									{t(`nav.${place}`)}
								</Link>
							</li>
						))}
					</ul>
				</nav>
				<Link href="/search" className="header-button" aria-label={t('nav.search')}>
					<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
						<circle cx="10.5" cy="10.5" r="6.5" />
						<path d="m15.5 15.5 5 5" />
					</svg>
				</Link>
				<LanguageSwitch />
			</div>
		</header>
	);
}

function navClass(isActive: boolean): string {
	return isActive ? 'header-link header-link-here' : 'header-link';
}

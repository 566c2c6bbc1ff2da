import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location';
import { LANGUAGES } from '#schema/value/text';
import { useLanguage, useVisit } from '../../parts/hooks/visit-context.ts';
import { pathInLanguage } from '../../state/language.ts';

const OWN_NAMES = { 'zh-CN': '中文', en: 'English' } as const;

/** The same page in the other language. A link, so that it can be opened aside or passed on. */
export function LanguageSwitch() {
	const { t } = useTranslation();
	const visit = useVisit();
	const language = useLanguage();
	const path = usePathname();
	const search = useSearch();
	const query = search === '' ? '' : `?${search}`;
	return (
		<>
			{LANGUAGES.filter((other) => other !== language).map((other) => {
				const address = pathInLanguage(path, other);
				const choose = (event: MouseEvent): void => {
					visit.language.follow(address, true);
					if (event.metaKey || event.ctrlKey || event.shiftKey) return;
					event.preventDefault();
					navigate(address + query, { replace: true });
				};
				return (
					<a
						key={other}
						href={address + query}
						lang={other}
						hrefLang={other}
						className="header-button header-language"
						onClick={choose}
					>
						<span className="unseen" lang={language}>
							{t('nav.language')}
						</span>
						{OWN_NAMES[other]}
					</a>
				);
			})}
		</>
	);
}

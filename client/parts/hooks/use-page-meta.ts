import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '#schema/value/text';
import { pathInLanguage } from '../../state/language.ts';
import { useLanguage } from './visit-context.ts';

export interface PageMeta {
	/** The page's own name; undefined while it is not known yet. */
	title: string | undefined;
	description?: string | undefined;
}

/** Keeps the window's title, description, language and the addresses of the page's translations true. */
export function usePageMeta({ title, description }: PageMeta): void {
	const language = useLanguage();
	const { t } = useTranslation();
	const site = t('site.name');
	const about = description ?? t('site.description');
	useEffect(() => {
		document.title = title === undefined || title === site ? site : `${title} · ${site}`;
		document.documentElement.lang = language;
		headElement('meta', 'name', 'description').setAttribute('content', about);
		const here = new URL(location.pathname, location.origin);
		headElement('link', 'rel', 'canonical').setAttribute('href', here.href);
		for (const other of LANGUAGES) {
			const link = headElement('link', 'hreflang', other);
			link.setAttribute('rel', 'alternate');
			link.setAttribute('href', new URL(pathInLanguage(here.pathname, other), here).href);
		}
	}, [title, site, about, language]);
}

function headElement(tag: 'meta' | 'link', attribute: string, value: string): Element {
	const found = document.head.querySelector(`${tag}[${attribute}="${value}"]`);
	if (found) return found;
	const made = document.createElement(tag);
	made.setAttribute(attribute, value);
	document.head.append(made);
	return made;
}

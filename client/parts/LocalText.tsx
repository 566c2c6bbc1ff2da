import { useTranslation } from 'react-i18next';
import { type LocalizedText, pickText } from '#schema/value/text';
import { drawable } from './drawable.ts';
import { useLanguage } from './hooks/visit-context.ts';

/** A text of the collection in the visitor's language; where it is missing, Chinese with a mark that says so. */
export function LocalText({ value }: { value: LocalizedText }) {
	const { t } = useTranslation();
	const { text: written, language, isFallback } = pickText(value, useLanguage());
	const text = drawable(written);
	if (!isFallback) return text;
	return (
		<>
			<span lang={language}>{text}</span>
			<span className="fallback-mark" title={t('text.fallbackHelp')}>
				{t('text.fallback')}
			</span>
		</>
	);
}

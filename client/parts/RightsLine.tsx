import { useTranslation } from 'react-i18next';
import { CC0_URI } from '#schema/value/rights';
import type { LocalizedText } from '#schema/value/text';
import { LocalText } from './LocalText.tsx';

export interface RightsLineProps {
	rights: string;
	credit?: LocalizedText;
}

/** Under which terms a record may be used, and whom to name. */
export function RightsLine({ rights, credit }: RightsLineProps) {
	const { t } = useTranslation();
	const name = rights === CC0_URI ? t('rights.cc0') : shortName(rights);
	return (
		<p className="small muted">
			{t('rights.label')}
			<a href={rights} rel="license noreferrer noopener" target="_blank">
				{name}
				<span className="unseen">{t('link.newWindow')}</span>
			</a>
			{credit && (
				<>
					{' · '}
					<LocalText value={credit} />
				</>
			)}
		</p>
	);
}

/** `CC BY-SA 4.0` or `InC 1.0` out of the address of a rights statement. */
function shortName(uri: string): string {
	const [kind, version] = uri.split('/').slice(-3, -1);
	const prefix = uri.includes('creativecommons') ? 'CC ' : '';
	return `${prefix}${(kind ?? '').toUpperCase()} ${version ?? ''}`;
}

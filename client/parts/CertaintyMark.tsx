import { useTranslation } from 'react-i18next';
import type { Verification } from '#schema/value/provenance';

/** How sure a statement is, as a drawn mark and in words. */
export function CertaintyMark(props: { verification: Verification }) {
	const { t } = useTranslation();
	// A word this version does not know promises nothing.
	const isKnown = props.verification === 'verified' || props.verification === 'single-source';
	const verification = isKnown ? props.verification : 'unverified';
	return (
		<span className="certainty" title={t(`certainty.help.${verification}`)}>
			<svg viewBox="0 0 20 12" width="20" height="12" aria-hidden="true">
				<circle cx="6" cy="6" r="4" data-filled={verification !== 'unverified'} />
				<circle cx="14" cy="6" r="4" data-filled={verification === 'verified'} />
			</svg>
			{t(`certainty.${verification}`)}
		</span>
	);
}

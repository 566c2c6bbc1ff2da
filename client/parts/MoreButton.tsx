import { useTranslation } from 'react-i18next';

/** Reads on in a list; nothing at its end. */
export function MoreButton({ more }: { more: (() => void) | undefined }) {
	const { t } = useTranslation();
	if (!more) return null;
	return (
		<p className="more">
			<button type="button" className="button" onClick={more}>
				{t('list.more')}
			</button>
		</p>
	);
}

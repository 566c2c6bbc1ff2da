import { useTranslation } from 'react-i18next';

/** 示例: made for the demonstration, no holding of any museum. */
export function SampleMark() {
	const { t } = useTranslation();
	return (
		<span className="tag" title={t('sample.help')}>
			{t('sample.mark')}
		</span>
	);
}

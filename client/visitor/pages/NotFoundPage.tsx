import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePageMeta } from '../../parts/hooks/use-page-meta.ts';

/** An address that leads nowhere, and the ways on from there. */
export function NotFoundPage() {
	const { t } = useTranslation();
	usePageMeta({ title: t('notFound.title') });
	return (
		<div className="wrap section prose">
			<h1>{t('notFound.title')}</h1>
			<p className="lead">{t('notFound.page')}</p>
			<p>
				<Link href="/" className="button button-main">
					{t('nav.home')}
				</Link>{' '}
				<Link href="/search" className="button">
					{t('nav.search')}
				</Link>
			</p>
		</div>
	);
}

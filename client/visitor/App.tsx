import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Router, Switch } from 'wouter';
import { usePathname } from 'wouter/use-browser-location';
import { useLanguage, useVisit } from '../parts/hooks/visit-context.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { prefixOf } from '../state/language.ts';
import { HomePage } from './pages/HomePage.tsx';
import { Footer } from './shell/Footer.tsx';
import { Header } from './shell/Header.tsx';
import { OfflineBar } from './shell/OfflineBar.tsx';
import { PageBoundary } from './shell/PageBoundary.tsx';
import { useArrival } from './use-arrival.ts';

const ArtefactPage = lazyPart(async () => {
	const page = await import('./pages/ArtefactPage.tsx');
	// Where the stage comes first, the page comes with it: words alone would hold it back.
	if (!('fonts' in document.documentElement.dataset))
		await page.PieceStage.preload().catch(() => {});
	return page.ArtefactPage;
});
const MuseumPage = lazyPart(async () => (await import('./pages/MuseumPage.tsx')).MuseumPage);
const TraditionPage = lazyPart(
	async () => (await import('./pages/TraditionPage.tsx')).TraditionPage,
);
const ExhibitPage = lazyPart(async () => (await import('./pages/ExhibitPage.tsx')).ExhibitPage);
const TourPage = lazyPart(async () => (await import('./pages/TourPage.tsx')).TourPage);
const LibraryPage = lazyPart(async () => (await import('./pages/LibraryPage.tsx')).LibraryPage);
const ListPage = lazyPart(async () => (await import('./pages/ListPage.tsx')).ListPage);
const SearchPage = lazyPart(async () => (await import('./pages/SearchPage.tsx')).SearchPage);
const AboutPage = lazyPart(async () => (await import('./pages/AboutPage.tsx')).AboutPage);
const JoinPage = lazyPart(async () => (await import('../studio/JoinPage.tsx')).JoinPage);
const NotFoundPage = lazyPart(async () => (await import('./pages/NotFoundPage.tsx')).NotFoundPage);

/** Fetches the code of a page that shows something in 3D; any other is fetched when it is drawn. */
export async function preloadPage(path: string): Promise<void> {
	if (path.includes('/artefacts/')) await ArtefactPage.preload().catch(() => {});
}

/** The visitor's pages: the shell around whichever page the address names. */
export function App() {
	const { t, i18n } = useTranslation();
	const visit = useVisit();
	const path = usePathname();
	const language = useLanguage();
	const main = useArrival(path);
	useEffect(() => visit.language.follow(path), [visit, path]);
	useEffect(() => void i18n.changeLanguage(language), [i18n, language]);
	return (
		<Router base={prefixOf(language)}>
			<div className="app on-paper">
				<a className="skip-link" href="#content">
					{t('nav.skip')}
				</a>
				<Header />
				<OfflineBar />
				<main id="content" ref={main} tabIndex={-1}>
					<PageBoundary path={path}>
						<Suspense fallback={<div className="page-waiting" aria-busy="true" />}>
							<Pages />
						</Suspense>
					</PageBoundary>
				</main>
				<Footer />
			</div>
		</Router>
	);
}

function Pages() {
	return (
		<Switch>
			<Route path="/">
				<HomePage />
			</Route>
			<Route path="/museums/:id">{({ id }) => <MuseumPage key={id} id={id} />}</Route>
			<Route path="/artefacts/:id">{({ id }) => <ArtefactPage key={id} id={id} />}</Route>
			<Route path="/traditions/:id">{({ id }) => <TraditionPage key={id} id={id} />}</Route>
			<Route path="/libraries/:id">{({ id }) => <LibraryPage key={id} id={id} />}</Route>
			<Route path="/exhibits/:id">{({ id }) => <ExhibitPage key={id} id={id} />}</Route>
			<Route path="/tours/:id/:stop?">
				{({ id, stop }) => <TourPage key={id} id={id} stop={stop} />}
			</Route>
			<Route path="/museums">
				<ListPage resource="museums" />
			</Route>
			<Route path="/artefacts">
				<ListPage resource="artefacts" />
			</Route>
			<Route path="/traditions">
				<ListPage resource="traditions" />
			</Route>
			<Route path="/search">
				<SearchPage />
			</Route>
			<Route path="/about">
				<AboutPage />
			</Route>
			<Route path="/welcome">
				<JoinPage way="welcome" />
			</Route>
			<Route path="/invitation">
				<JoinPage way="invitation" />
			</Route>
			<Route path="/reset">
				<JoinPage way="reset" />
			</Route>
			<Route>
				<NotFoundPage />
			</Route>
		</Switch>
	);
}

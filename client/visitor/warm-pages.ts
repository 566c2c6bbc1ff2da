/**
 * Fetches the code of all pages while nothing else happens: 10 KB that make every step quick, and a
 * page that was never opened able to say, in its own words, that the server is out of reach.
 */
export function warmPages(): void {
	const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000));
	whenIdle(() => {
		void Promise.allSettled([
			import('./pages/AboutPage.tsx'),
			import('./pages/ArtefactPage.tsx'),
			import('./pages/ExhibitPage.tsx'),
			import('./pages/LibraryPage.tsx'),
			import('./pages/ListPage.tsx'),
			import('./pages/MuseumPage.tsx'),
			import('./pages/NotFoundPage.tsx'),
			import('./pages/SearchPage.tsx'),
			import('./pages/TourPage.tsx'),
			import('./pages/TraditionPage.tsx'),
		]);
	});
}

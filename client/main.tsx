import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import '../assets/fonts/fonts.css';
import { createVisit } from './state/visit.ts';
import { App } from './visitor/App.tsx';
import './parts/tokens.css';
import './parts/base.css';
import { VisitContext } from './parts/hooks/visit-context.ts';
import { startI18n } from './visitor/i18n.ts';
import { loadFallbackFonts } from './visitor/load-fallback-fonts.ts';
import { warmPages } from './visitor/warm-pages.ts';

/** Reads the device's memory; a browser that forbids it answers with nothing. */
function deviceMemory(): Pick<Storage, 'getItem' | 'setItem'> {
	try {
		return localStorage;
	} catch {
		return { getItem: () => null, setItem: () => {} };
	}
}

async function start(): Promise<void> {
	const visit = createVisit(location.pathname, deviceMemory(), new AbortController().signal);
	const first = visit.language.firstPath(location.pathname, navigator.languages);
	if (first !== location.pathname) {
		history.replaceState(null, '', first + location.search + location.hash);
		visit.language.follow(first);
	}
	const words = await startI18n(visit.language.store.getState().language);
	const place = document.getElementById('app');
	if (!place) throw new Error('start: the page has no #app');
	createRoot(place).render(
		<StrictMode>
			<I18nextProvider i18n={words}>
				<VisitContext value={visit}>
					<App />
				</VisitContext>
			</I18nextProvider>
		</StrictMode>,
	);
	loadFallbackFonts();
	warmPages();
}

void start();

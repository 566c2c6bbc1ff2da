import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import '../assets/fonts/fonts.css';
import { FIRST_RECORD_ID } from '#schema/record/first-record';
import { firstPixel, tellFirstPixel } from './state/first-pixel.ts';
import { createVisit } from './state/visit.ts';
import { App, preloadPage } from './visitor/App.tsx';
import './parts/tokens.css';
import './parts/base.css';
import { VisitContext } from './parts/hooks/visit-context.ts';
import { startI18n } from './visitor/i18n.ts';

/** How long the rest of a page waits for a stage that has its bytes and shows nothing. */
const PATIENCE_MS = 8000;

/** Reads the device's memory; a browser that forbids it answers with nothing. */
function deviceMemory(): Pick<Storage, 'getItem' | 'setItem'> {
	try {
		return localStorage;
	} catch {
		return { getItem: () => null, setItem: () => {} };
	}
}

async function start(): Promise<void> {
	// The server leaves `data-fonts` out where a stage comes first; `load` waits for that stage's bytes.
	if ('fonts' in document.documentElement.dataset) tellFirstPixel();
	addEventListener('load', () => setTimeout(tellFirstPixel, PATIENCE_MS));
	const page = document.getElementById(FIRST_RECORD_ID)?.textContent;
	const visit = createVisit(location.pathname, deviceMemory(), new AbortController().signal, page);
	const first = visit.language.firstPath(location.pathname, navigator.languages);
	if (first !== location.pathname) {
		history.replaceState(null, '', first + location.search + location.hash);
		visit.language.follow(first);
	}
	const [words] = await Promise.all([
		startI18n(visit.language.store.getState().language),
		preloadPage(location.pathname),
	]);
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
	await firstPixel;
	(await import('./visitor/load-the-rest.ts')).loadTheRest();
}

void start();

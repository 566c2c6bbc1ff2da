import { loadFonts } from './load-fonts.ts';
import { warmPages } from './warm-pages.ts';

/** Fetches what a page can do without until its stage has something to show. */
export function loadTheRest(): void {
	void loadFonts();
	warmPages();
}

const FACES = ['600 1em "Xishan Serif"', '1em "Xishan Sans"'];

/**
 * Has texts drawn in our faces, both at once when they are in (`data-fonts`, see tokens.css), and then
 * makes characters outside our subsets readable, such as those of texts written later. Those rules come
 * last, so that a browser never fetches slices for what the subsets cover; each slice then loads only
 * when a page shows one of its characters.
 */
export async function loadFonts(): Promise<void> {
	await Promise.allSettled(FACES.map((face) => document.fonts.load(face)));
	document.documentElement.dataset.fonts = '';
	await Promise.all([
		import('@fontsource/noto-sans-sc/400.css'),
		import('@fontsource/noto-serif-sc/600.css'),
	]);
}

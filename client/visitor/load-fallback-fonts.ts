/**
 * Makes characters outside our subsets readable, such as those of texts written later. The rules
 * come once the subsets are in, so that a browser never fetches slices for what they cover; each
 * slice then loads only when a page shows one of its characters.
 */
export function loadFallbackFonts(): void {
	void document.fonts.ready.then(() =>
		Promise.all([
			import('@fontsource/noto-sans-sc/400.css'),
			import('@fontsource/noto-serif-sc/600.css'),
		]),
	);
}

import type { Plugin } from 'vite';

/** Every browser that runs the client reads WOFF2; the second copy would double the build. */
const WOFF_COPY = /,\s*url\([^)]+\.woff\)\s*format\('woff'\)/g;

/** Takes the WOFF copies out of the stylesheets of the sliced Noto fonts. */
export function fallbackFonts(): Plugin {
	return {
		name: 'xishan-fallback-fonts',
		enforce: 'pre',
		transform: {
			filter: { id: /@fontsource\/.*\.css/ },
			handler: (css) => css.replaceAll(WOFF_COPY, ''),
		},
	};
}

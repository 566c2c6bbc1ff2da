import type { AssetKind, LengthUnit, UpAxis } from '#schema/asset/asset-manifest';

/** What may be asked of a run beside its input; everything that decides bytes enters the recipe. */
export interface DigitizeOptions {
	/** Overrides what the bytes seem to be: a wide picture may be a panorama, a PLY points or splats. */
	kind: AssetKind | undefined;
	unit: LengthUnit | undefined;
	up: UpAxis | undefined;
	/** Leaves out what a page can do without at first: turntable and AR model. Nothing else changes. */
	fast: boolean;
	/** Also makes KTX2 textures, which take long; nothing else changes. */
	ktx2: boolean;
	/** Whether a mesh is cut into streaming tiles; `auto` where it is very large. */
	tiles: 'auto' | 'always' | 'never';
	/** Removes splats that float alone. */
	cullFloaters: boolean;
	/** Also packs the original with everything made of it as a BagIt bag. */
	archive: boolean;
	/** WebVTT files of a recording. */
	captions: string[];
}

export const DIGITIZE_DEFAULTS: DigitizeOptions = {
	kind: undefined,
	unit: undefined,
	up: undefined,
	fast: false,
	ktx2: false,
	tiles: 'auto',
	cullFloaters: false,
	archive: false,
	captions: [],
};

/** The options that decide bytes, as the recipe keeps them. */
export function recipeOptions(options: DigitizeOptions): Record<string, string | boolean> {
	const { unit, up, kind, fast, ktx2, tiles, cullFloaters } = options;
	return {
		kind: kind ?? 'detect',
		unit: unit ?? 'detect',
		up: up ?? 'detect',
		fast,
		ktx2,
		tiles,
		cullFloaters,
	};
}

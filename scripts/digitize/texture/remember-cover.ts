import { coverMap, type MapSurface } from './cover-map.ts';

/** `coverMap` that remembers its last answer: maps of one material and size show the same. */
export function rememberCover(
	surface: MapSurface,
): (...asked: Asked) => ReturnType<typeof coverMap> {
	let known = '';
	let covered: Uint8Array | undefined;
	return (materials, { widthPx, heightPx }) => {
		const key = `${materials.join(' ')}, ${widthPx} ${heightPx}`;
		if (key !== known) covered = coverMap(surface, materials, { widthPx, heightPx });
		known = key;
		return covered;
	};
}

type Asked = [materials: readonly number[], size: { widthPx: number; heightPx: number }];

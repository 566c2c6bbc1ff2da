export const REQUEST_CLASSES = ['js', 'css', 'font', 'json', 'model', 'image', 'other'] as const;
export type RequestClass = (typeof REQUEST_CLASSES)[number];

/** By the path's ending, which says more than the type: models go out as octet streams. */
const ENDINGS: readonly (readonly [RegExp, RequestClass])[] = [
	[/\.(?:glb|gltf|bin|b3dm|spz|sog)$/, 'model'],
	[/\.(?:m?js|wasm)$/, 'js'],
	[/\.css$/, 'css'],
	[/\.(?:woff2?|ttf|otf)$/, 'font'],
	[/\.json$/, 'json'],
	[/\.(?:webp|avif|png|jpe?g|svg|ico|gif|ktx2|hdr)$/, 'image'],
];

const TYPES: readonly (readonly [RegExp, RequestClass])[] = [
	[/^model\//, 'model'],
	[/javascript|wasm/, 'js'],
	[/^text\/css/, 'css'],
	[/^(?:font\/|application\/font)/, 'font'],
	[/json/, 'json'],
	[/^image\//, 'image'],
];

/** What a request was for, told by its address and the type of its answer. */
export function requestClass(url: string, contentType = ''): RequestClass {
	const [path = ''] = url.toLowerCase().split(/[?#]/);
	const byEnding = ENDINGS.find(([ending]) => ending.test(path));
	const byType = TYPES.find(([type]) => type.test(contentType.toLowerCase()));
	return (byEnding ?? byType)?.[1] ?? 'other';
}

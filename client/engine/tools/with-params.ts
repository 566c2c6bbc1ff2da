/** The name of one `name=value` of a query, as a browser reads it; it never fails. */
function nameOf(pair: string): string | undefined {
	return new URLSearchParams(pair).keys().next().value;
}

/**
 * A query (`?a=1&b=2`, or '') with `params` set, and those left undefined taken out. All others keep
 * their place and their very characters, which `URLSearchParams` would write anew. Values must need no
 * escaping: tools write digits, commas, points and signs.
 */
export function withParams(
	search: string,
	params: ReadonlyMap<string, string | undefined>,
): string {
	const foreign = search
		.replace(/^\?/, '')
		.split('&')
		.filter((pair) => pair !== '' && !params.has(nameOf(pair) ?? ''));
	const own = [...params].flatMap(([name, value]) =>
		value === undefined ? [] : [`${name}=${value}`],
	);
	const pairs = [...foreign, ...own];
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

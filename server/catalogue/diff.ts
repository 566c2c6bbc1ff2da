/** One place where two documents differ. `path` is dotted; members of a list are named `[id]` or `[index]`. */
export type Difference =
	| { path: string; kind: 'added'; after: unknown }
	| { path: string; kind: 'removed'; before: unknown }
	| { path: string; kind: 'changed'; before: unknown; after: unknown }
	/** The same members of a list, in another order; `before` and `after` are their ids. */
	| { path: string; kind: 'reordered'; before: string[]; after: string[] };

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Members of a list by their ids; undefined where it is no list of things with ids, each its own. */
function byId(value: unknown): Map<string, unknown> | undefined {
	if (!Array.isArray(value)) return undefined;
	const members = new Map<string, unknown>();
	for (const item of value) {
		if (!isFields(item) || typeof item.id !== 'string' || members.has(item.id)) return undefined;
		members.set(item.id, item);
	}
	return members;
}

function join(path: string, key: string): string {
	return path === '' ? key : `${path}.${key}`;
}

/** Differences of two sets of named members, each under its own path. */
function ofMembers(
	before: ReadonlyMap<string, unknown>,
	after: ReadonlyMap<string, unknown>,
	pathOf: (key: string) => string,
): Difference[] {
	return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): Difference[] => {
		const path = pathOf(key);
		const [was, is] = [before.get(key), after.get(key)];
		if (was === undefined && is === undefined) return [];
		if (was === undefined) return [{ path, kind: 'added', after: is }];
		if (is === undefined) return [{ path, kind: 'removed', before: was }];
		return differences(was, is, path);
	});
}

function ofLists(
	before: readonly unknown[],
	after: readonly unknown[],
	path: string,
): Difference[] {
	const [was, is] = [byId(before), byId(after)];
	if (was === undefined || is === undefined) {
		// Words of a list have no names of their own: the list is one value.
		const isPlain = ![...before, ...after].some(
			(item) => typeof item === 'object' && item !== null,
		);
		if (isPlain) {
			const isSame = before.length === after.length && before.every((item, i) => item === after[i]);
			return isSame ? [] : [{ path, kind: 'changed', before, after }];
		}
		const indexed = (list: readonly unknown[]) =>
			new Map(list.map((item, i) => [String(i), item] as const));
		return ofMembers(indexed(before), indexed(after), (key) => `${path}[${key}]`);
	}
	const found = ofMembers(was, is, (key) => `${path}[${key}]`);
	const stayed = [...was.keys()].filter((id) => is.has(id));
	const order = [...is.keys()].filter((id) => was.has(id));
	if (stayed.every((id, i) => id === order[i])) return found;
	return [...found, { path, kind: 'reordered', before: [...was.keys()], after: [...is.keys()] }];
}

function differences(before: unknown, after: unknown, path: string): Difference[] {
	if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path);
	if (isFields(before) && isFields(after)) {
		const fields = (value: Fields) => new Map(Object.entries(value));
		return ofMembers(fields(before), fields(after), (key) => join(path, key));
	}
	return Object.is(before, after) ? [] : [{ path, kind: 'changed', before, after }];
}

/**
 * Where two documents differ, by field: the smallest fields that were added, removed or changed, in
 * the order of the document. Members of a list that have ids are found again by them, wherever they
 * stand. Nothing is changed; costs a walk of both.
 */
export function diff(before: object, after: object): Difference[] {
	return differences(before, after, '');
}

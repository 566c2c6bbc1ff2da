import type { ZodType } from 'zod';

type Path = readonly PropertyKey[];

/** What was read, and the places of what was not understood and is missing from it, as `stops.3.camera`. */
export interface TolerantRead<T> {
	data: T;
	leftOut: readonly string[];
}

interface Issue {
	code: string;
	path: Path;
	/** Of a closed vocabulary: its words. */
	values?: readonly unknown[];
	/** Of a value of the wrong type: the right one. */
	expected?: string;
}

/** An unknown word of these is read as the first that is known: what holds them can be shown all the same. */
const STAND_INS: ReadonlySet<PropertyKey> = new Set(['template', 'unit', 'up']);

/** A document is mended in so many rounds at most. */
const ROUNDS_MAX = 40;

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;

function follow(value: unknown, path: Path): unknown {
	return path.reduce((at, key) => (isHolder(at) ? Reflect.get(at, key) : undefined), value);
}

/** Takes what breaks the contract out of an answer, the least of it that will do. */
class Mender {
	readonly #root: unknown;
	/** How often each place was touched: at first it is left out, then said to be nothing (of a list: empty), then its holder goes. */
	readonly #touched = new WeakMap<object, Map<PropertyKey, number>>();
	/**
	 * Unknown words of the root's own that it cannot be without: read as another, and put back.
	 */
	readonly #words: { key: PropertyKey; word: unknown }[] = [];
	readonly leftOut = new Set<string>();
	#gone: { list: unknown[]; index: number }[] = [];

	constructor(root: unknown) {
		this.#root = root;
	}

	/** False when what is left cannot be mended. */
	mend(issues: readonly Issue[]): boolean {
		this.#gone = [];
		const isMended = issues.every((issue) => this.#cut(issue.path, issue));
		// From behind, so that the places before stay what they were.
		this.#gone.sort((a, b) => b.index - a.index);
		for (const { list, index } of new Set(this.#gone)) list.splice(index, 1);
		return isMended;
	}

	putBack(data: unknown): void {
		if (!isHolder(data)) return;
		for (const { key, word } of this.#words) Reflect.set(data, key, word);
	}

	#cut(path: Path, issue: Issue | undefined): boolean {
		const key = path.at(-1);
		if (key === undefined) return false;
		const above = path.slice(0, -1);
		const holder = follow(this.#root, above);
		// A document of another format is not read in parts.
		if (key === 'format' || !isHolder(holder)) return this.#cut(above, undefined);
		const place = path.join('.');
		this.leftOut.add(place);
		if (Array.isArray(holder)) return this.#cutMember(holder, Number(key));
		if (this.#cutProperty(holder, key, path.length === 1, issue)) return true;
		this.leftOut.delete(place);
		return this.#cut(above, undefined);
	}

	#cutMember(list: unknown[], index: number): boolean {
		const isGone = this.#gone.some((one) => one.list === list && one.index === index);
		if (!isGone) this.#gone.push({ list, index });
		return true;
	}

	/** False when nothing is left to try on the property itself. */
	#cutProperty(
		holder: object,
		key: PropertyKey,
		isOfRoot: boolean,
		issue: Issue | undefined,
	): boolean {
		const touched = this.#touched.get(holder) ?? new Map<PropertyKey, number>();
		this.#touched.set(holder, touched);
		const times = (touched.get(key) ?? 0) + 1;
		touched.set(key, times);
		if (times === 1)
			return this.#standIn(holder, key, isOfRoot, issue) || Reflect.deleteProperty(holder, key);
		return times === 2 && Reflect.set(holder, key, issue?.expected === 'array' ? [] : null);
	}

	/** Reads an unknown word as one that is known, where what holds it can be shown all the same. */
	#standIn(holder: object, key: PropertyKey, isOfRoot: boolean, issue: Issue | undefined): boolean {
		const [word] = issue?.values ?? [];
		if (word === undefined || !(isOfRoot || STAND_INS.has(key))) return false;
		if (isOfRoot) this.#words.push({ key, word: Reflect.get(holder, key) });
		return Reflect.set(holder, key, word);
	}
}

/**
 * Reads an answer that a newer server may have written: what is not understood is left out, the least of it that
 * will do, and named; the rest stands. `body` is changed. Undefined when nothing of it can be read.
 */
export function tolerantRead<T>(schema: ZodType<T>, body: unknown): TolerantRead<T> | undefined {
	const mender = new Mender(body);
	for (let round = 0; round < ROUNDS_MAX; round++) {
		const parsed = schema.safeParse(body);
		if (parsed.success) {
			mender.putBack(parsed.data);
			return { data: parsed.data, leftOut: [...mender.leftOut] };
		}
		if (!mender.mend(parsed.error.issues)) return undefined;
	}
	return undefined;
}

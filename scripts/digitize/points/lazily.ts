/** A value that is made when it is first asked for, and can be let go of. */
export interface Lazy<T> {
	(): Promise<T>;
	/** Drops the value, so that its memory comes back. */
	forget(): void;
}

/** Makes something large only if some step needs it, and once. */
export function lazily<T>(make: () => Promise<T>): Lazy<T> {
	let made: Promise<T> | undefined;
	const get = () => {
		made ??= make();
		return made;
	};
	return Object.assign(get, {
		forget: () => {
			made = undefined;
		},
	});
}

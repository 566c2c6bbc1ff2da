/** A file's name without the quotes that some exporters put round names with blanks. */
export function unquote(name: string): string {
	return /^"(.+)"$/.exec(name)?.[1] ?? name;
}

/** A number in as few characters as `decimals` places need: `.25`, `-3`, `0`. */
export function short(value: number, decimals: number): string {
	const text = value.toFixed(decimals);
	const cut = decimals > 0 ? text.replace(/\.?0+$/, '') : text;
	if (cut === '-0' || cut === '') return '0';
	return cut.replace(/^(-?)0\./, '$1.');
}

/** Rows of `width` numbers as USD tuples: `(1,0,.5),(…)`. */
export function tuples(values: ArrayLike<number>, width: number, decimals: number): string {
	const rows: string[] = [];
	for (let i = 0; i < values.length; i += width) {
		let row = '(';
		for (let k = 0; k < width; k += 1) {
			if (k > 0) row += ',';
			row += short(values[i + k] ?? 0, decimals);
		}
		rows.push(`${row})`);
	}
	return rows.join(',');
}

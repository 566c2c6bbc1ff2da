type Format = (amount: number, value: unknown, locale: string) => string;

/**
 * How measures are written for reading: `{{sizeMm, length}}` in a template. Lengths in millimetres
 * (`metres` takes metres) become mm, cm or m, volumes in cubic millimetres ml or l, shares percent.
 */
export const FORMATTERS: Readonly<Record<string, Format>> = {
	length: (mm, _, locale) => length(mm, locale),
	metres: (m, _, locale) => length(m * 1000, locale),
	volume: (mm3, _, locale) =>
		mm3 < 1e6 ? unit(mm3 / 1000, 'milliliter', locale) : unit(mm3 / 1e6, 'liter', locale),
	percent: (share, _, locale) => percent(share, locale),
	rounded: (amount, _, locale) =>
		new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(amount),
	coordinate: (amount, _, locale) =>
		new Intl.NumberFormat(locale, {
			maximumFractionDigits: 3,
			signDisplay: 'negative',
		}).format(amount),
	factor: (amount, _, locale) =>
		new Intl.NumberFormat(locale, { maximumSignificantDigits: 7 }).format(amount),
	duration: (seconds, _, locale) => duration(seconds, locale),
	unit: (_, name, locale) => UNIT_NAMES[locale]?.[String(name)] ?? String(name),
};

const UNIT_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'zh-CN': { mm: '毫米', cm: '厘米', m: '米' },
	en: { mm: 'millimetres', cm: 'centimetres', m: 'metres' },
};

const COMPARED: Readonly<Record<string, { less: string; more: string }>> = {
	'zh-CN': { less: '不到', more: '超过' },
	en: { less: 'less than', more: 'more than' },
};

/** Below this nothing is stated, in millimetres. */
const LEAST_MM = 0.001;

function length(mm: number, locale: string): string {
	const words = COMPARED[locale] ?? COMPARED.en;
	if (mm > 0 && mm < LEAST_MM) return `${words?.less} ${unit(LEAST_MM, 'millimeter', locale)}`;
	if (mm < 10) return unit(mm, 'millimeter', locale);
	if (mm < 1000) return unit(mm / 10, 'centimeter', locale);
	return unit(mm / 1000, 'meter', locale);
}

function unit(amount: number, name: string, locale: string): string {
	const maximumSignificantDigits = Math.abs(amount) < 1 ? 2 : 3;
	const format = new Intl.NumberFormat(locale, {
		style: 'unit',
		unit: name,
		unitDisplay: 'short',
		maximumSignificantDigits,
	});
	// Chinese sets a space between a number and its unit no less than English does; ICU leaves it out.
	return format.format(amount).replace(/(?<=\d)(?=\p{L})/u, ' ');
}

function duration(seconds: number, locale: string): string {
	if (seconds < 60) return unit(seconds, 'second', locale);
	const minutes = Math.floor(seconds / 60);
	const rest = Math.round(seconds - minutes * 60);
	const long = unit(minutes, 'minute', locale);
	return rest === 0 ? long : `${long} ${unit(rest, 'second', locale)}`;
}

/** Nearly nothing is not 0 %, nearly all is not 100 %. */
function percent(share: number, locale: string): string {
	const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
	const words = COMPARED[locale] ?? COMPARED.en;
	if (share > 0 && share < 0.001) return `${words?.less} ${format.format(0.001)}`;
	if (share < 1 && share > 0.999) return `${words?.more} ${format.format(0.999)}`;
	return format.format(share);
}

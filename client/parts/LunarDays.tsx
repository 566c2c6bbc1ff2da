import { useTranslation } from 'react-i18next';
import type { Tradition } from '#schema/tradition/tradition';

type Calendar = Tradition['calendar'];

const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'];
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const TENS = ['初', '十', '廿', '卅'];

/** The days of the Chinese calendar, as each language says them. */
export function LunarDays({ calendar }: { calendar: Calendar }) {
	const { t, i18n } = useTranslation();
	return calendar
		.map((rule) => lunarDays(rule, i18n.language.startsWith('zh') ? 'zh-CN' : 'en'))
		.map((days) => t('lunar.days', { days }))
		.join(t('list.separator'));
}

/** `正月十五至十六` or `1/15–16`. */
export function lunarDays(rule: Calendar[number], language: 'zh-CN' | 'en'): string {
	const { month, firstDay, lastDay } = rule;
	if (language === 'en') {
		return lastDay === firstDay ? `${month}/${firstDay}` : `${month}/${firstDay}–${lastDay}`;
	}
	const start = `${MONTHS[month - 1]}月${dayName(firstDay)}`;
	return lastDay === firstDay ? start : `${start}至${dayName(lastDay)}`;
}

/** 初一 to 三十, with the two days that are written out of order. */
function dayName(day: number): string {
	if (day === 20) return '二十';
	if (day === 30) return '三十';
	if (day === 10) return '初十';
	return `${TENS[Math.floor(day / 10)]}${DIGITS[day % 10]}`;
}

import { z } from 'zod';

/**
 * A public text in one or more languages, keyed by BCP 47 tag. Chinese is always there; any other
 * language may be missing and then falls back visibly (see `pickText`).
 */
export const localizedText = z
	.object({ 'zh-CN': z.string().min(1), en: z.string().min(1).optional() })
	.catchall(z.string().min(1))
	.meta({ id: 'LocalizedText', example: { 'zh-CN': '琉璃鸱吻', en: 'Glazed ridge beast' } });

export type LocalizedText = z.infer<typeof localizedText>;

/** A BCP 47 tag such as `zh-CN` or `en`. */
export const languageTag = z
	.string()
	.regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag such as zh-CN');

/** The languages the interface itself speaks, in the order they are offered. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One language of a text: what to show, the language it really is in, and whether that is a fallback. */
export interface PickedText {
	text: string;
	language: string;
	isFallback: boolean;
}

/** Picks `language`, else Chinese: never blank, and it says when it fell back so that the page can mark it. */
export function pickText(text: LocalizedText, language: Language): PickedText {
	const wanted = text[language];
	if (wanted !== undefined) return { text: wanted, language, isFallback: false };
	return { text: text['zh-CN'], language: 'zh-CN', isFallback: true };
}

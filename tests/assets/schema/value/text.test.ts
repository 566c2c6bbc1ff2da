import { describe, expect, it } from 'vitest';
import { localizedText, pickText } from '#schema/value/text';

describe('a localized text', () => {
	it('is refused without Chinese, and when a language is blank', () => {
		expect(localizedText.safeParse({ en: 'Ridge beast' }).success).toBe(false);
		expect(localizedText.safeParse({ 'zh-CN': '鸱吻', en: '' }).success).toBe(false);
		expect(localizedText.safeParse({ 'zh-CN': '鸱吻', ja: '' }).success).toBe(false);
	});

	it('may carry further languages', () => {
		expect(localizedText.parse({ 'zh-CN': '鸱吻', ja: '鴟吻' })).toEqual({
			'zh-CN': '鸱吻',
			ja: '鴟吻',
		});
	});

	it('is picked in the language asked for', () => {
		expect(pickText({ 'zh-CN': '鸱吻', en: 'Ridge beast' }, 'en')).toEqual({
			text: 'Ridge beast',
			language: 'en',
			isFallback: false,
		});
	});

	it('falls back to Chinese and says so, never to blank', () => {
		expect(pickText({ 'zh-CN': '鸱吻' }, 'en')).toEqual({
			text: '鸱吻',
			language: 'zh-CN',
			isFallback: true,
		});
	});
});

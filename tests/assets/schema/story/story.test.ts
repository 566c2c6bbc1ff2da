import { describe, expect, it } from 'vitest';
import { type Story, story } from '#schema/story/story';
import { readFrozen } from '../../../support/frozen-documents.ts';

const full = (): Story => story.parse(readFrozen('story-1.json'));

function faultsOf(change: object): string[] {
	const { error } = story.safeParse({ ...full(), ...change });
	return (error?.issues ?? []).map((issue) => issue.path.join('.'));
}

describe('a story', () => {
	it('names only media that it has', () => {
		expect(faultsOf({ media: [] })).toEqual(['steps.0', 'steps.0']);
	});

	it('of an artefact knows no rooms and no pieces', () => {
		const subject = { kind: 'artefact', artefact: 'stone-lion' };
		expect(faultsOf({ subject })).toEqual(['steps.0']);
		expect(faultsOf({ subject, steps: full().steps.slice(1) })).toEqual([]);
	});

	it('has each step once, and at least one', () => {
		const [, rest] = full().steps;
		expect(faultsOf({ steps: [rest, rest] })).toEqual(['steps.1.id']);
		expect(faultsOf({ steps: [] })).toEqual(['steps']);
	});

	it('has no caption that ends before it starts', () => {
		const [, rest] = full().steps;
		const captions = [{ startS: 2, endS: 2, text: { 'zh-CN': '歇' } }];
		const step = { ...rest, narration: { ...rest?.narration, captions } };
		expect(faultsOf({ steps: [step] })).toEqual(['steps.0.narration.captions.0']);
	});
});

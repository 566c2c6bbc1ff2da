import { expect, it } from 'vitest';
import { RetryPlan } from '../../../../client/engine/subject/retry-plan.ts';

it('waits twice as long after each failure, and never longer than a minute', () => {
	const plan = new RetryPlan();
	const waits: (number | undefined)[] = [];
	for (let count = 0; count < 5; count++) {
		plan.fail('mid', 0);
		waits.push(plan.nextInMs(0));
	}
	expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
});

it('blocks a tier only until it may be tried again', () => {
	const plan = new RetryPlan();
	plan.fail('mid', 500);
	expect(plan.blocked(1_499)).toEqual(new Set(['mid']));
	expect(plan.blocked(1_500)).toEqual(new Set());
	expect(plan.nextInMs(1_500)).toBeUndefined();
});

it('has no hope after six failures, and still tries once a minute until the visitor asks', () => {
	const plan = new RetryPlan();
	for (let count = 0; count < 6; count++) {
		expect(plan.isHopeless).toBe(false);
		plan.fail('high', 0);
	}
	expect(plan.isHopeless).toBe(true);
	plan.fail('high', 0);
	expect(plan.nextInMs(0)).toBe(60_000);
	plan.reset();
	expect(plan.isHopeless).toBe(false);
	expect(plan.blocked(0)).toEqual(new Set());
});

it('waits at least as long as the server asks', () => {
	const plan = new RetryPlan();
	plan.fail('mid', 0, 7_000);
	expect(plan.nextInMs(0)).toBe(7_000);
});

it('forgets the failures of a tier that came', () => {
	const plan = new RetryPlan();
	plan.fail('low', 0);
	plan.fail('low', 0);
	plan.succeed('low');
	plan.fail('low', 0);
	expect(plan.nextInMs(0)).toBe(1_000);
});

import { expect, it } from 'vitest';
import { LoadError } from '../../../../client/engine/stage/load-error.ts';
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
	expect(plan.blocked(1_499, undefined)).toEqual(new Set(['mid']));
	expect(plan.blocked(1_500, undefined)).toEqual(new Set());
	expect(plan.nextInMs(1_500)).toBeUndefined();
});

it('is given up after six failures, and tried about once a minute all the same', () => {
	const waits = [0, 0.5, 1].map((chance) => {
		const plan = new RetryPlan(() => chance);
		for (let count = 0; count < 5; count++) plan.fail('high', 0);
		expect(plan.hasGivenUp).toBe(false);
		plan.fail('high', 0);
		expect(plan.hasGivenUp).toBe(true);
		return plan.nextInMs(0);
	});
	expect(waits).toEqual([45_000, 60_000, 75_000]);
});

it('has not given up while one of the tiers may come soon, nor after it was asked to try again', () => {
	const plan = new RetryPlan();
	for (let count = 0; count < 6; count++) plan.fail('high', 0);
	plan.fail('low', 0);
	expect(plan.hasGivenUp).toBe(false);
	plan.reset();
	expect(plan.hasGivenUp).toBe(false);
	expect(plan.blocked(0, undefined)).toEqual(new Set());
});

it('leaves a busy server alone for as long as it asks, with all that is larger', () => {
	const plan = new RetryPlan();
	plan.fail('low', 0, new LoadError('busy', 'busy', 30_000));
	expect(plan.nextInMs(0)).toBe(30_000);
	expect(plan.blocked(29_999, undefined)).toEqual(new Set(['low', 'mid', 'high']));
	plan.fail('mid', 0, new LoadError('busy', 'busy', 0));
	expect(plan.nextInMs(0)).toBe(1_000);
});

it('starts nothing larger while a transfer that broke off may go on, once something is shown', () => {
	for (const reason of ['stalled', 'cut', 'network'] as const) {
		const plan = new RetryPlan();
		plan.fail('mid', 0, new LoadError(reason, reason));
		expect(plan.blocked(0, 'low'), reason).toEqual(new Set(['mid', 'high']));
		expect(plan.blocked(0, undefined), reason).toEqual(new Set(['mid']));
		expect(plan.blocked(0, 'mid'), reason).toEqual(new Set(['mid']));
		for (let count = 0; count < 5; count++) plan.fail('mid', 0, new LoadError(reason, reason));
		expect(plan.blocked(0, 'low'), reason).toEqual(new Set(['mid']));
	}
});

it('lets a larger tier stand in for one that is missing or broken', () => {
	for (const reason of ['missing', 'unreadable'] as const) {
		const plan = new RetryPlan();
		plan.fail('mid', 0, new LoadError(reason, reason));
		expect(plan.blocked(0, 'low'), reason).toEqual(new Set(['mid']));
	}
});

it('forgets the failures of a tier that came', () => {
	const plan = new RetryPlan();
	plan.fail('low', 0);
	plan.fail('low', 0);
	plan.succeed('low');
	plan.fail('low', 0);
	expect(plan.nextInMs(0)).toBe(1_000);
});

import { expect, it } from 'vitest';
import { taskOf } from '../../../server/jobs/queue.ts';

const job = '00000000-0000-4000-8000-000000000001';

it('what earlier versions queued is the task it was then', () => {
	const first = { job, kind: 'digitize', subject: 'asset/a1' };
	expect(taskOf({ asset: 'a1', job })).toEqual(first);
	expect(taskOf({ asset: 'a1', job, kind: 'refine' })).toEqual({ ...first, kind: 'refine' });
	expect(taskOf(first)).toEqual(first);
});

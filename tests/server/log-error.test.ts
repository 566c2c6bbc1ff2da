import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { describeError } from '../../server/log-error.ts';

it('keeps type, words, code and causes', () => {
	const cause = Object.assign(new TypeError('connection refused'), { code: 'ECONNREFUSED' });
	const logged = describeError(new Error('store: it does not answer', { cause }));
	expect(logged).toMatchObject({
		type: 'Error',
		message: 'store: it does not answer',
		cause: { type: 'TypeError', message: 'connection refused', code: 'ECONNREFUSED' },
	});
	expect(logged.stack).toContain('log-error.test.ts');
});

it('keeps no value of a query, wherever a library quotes an address', () => {
	const address = 'http://127.0.0.1/objects/signed/ab?e=99&n=x.ply&s=SECRET';
	const error = new Error(`GET ${address} failed`, { cause: new Error(`at ${address}`) });
	const text = JSON.stringify(describeError(Object.assign(error, { url: address })));
	expect(text).not.toMatch(/SECRET|x\.ply/);
	expect(text).toContain('/objects/signed/ab?e=…&n=…&s=…');
});

it('keeps no value of a statement, nor the row PostgreSQL quotes', () => {
	const cause = Object.assign(new Error('duplicate key'), {
		code: '23505',
		detail: 'Key (email)=(ann@museum.example) already exists.',
	});
	const query = 'insert into "account" values ($1, $2)';
	const error = new DrizzleQueryError(query, ['ann@museum.example', 'two\nlines'], cause);
	const logged = describeError(error);
	expect(JSON.stringify(logged)).not.toMatch(/ann@|lines/);
	expect(logged.message).toContain(query);
	expect(logged.stack).toContain('log-error.test.ts');
});

it('says something of what is no error, and ends where causes go in a circle', () => {
	expect(describeError('odd').message).toBe('odd');
	const error: Error = new Error('one');
	error.cause = error;
	expect(describeError(error).cause?.message).toBe('one');
});

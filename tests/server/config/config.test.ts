import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig, settingsHelp } from '../../../server/config/config.ts';

const S3 = {
	S3_ENDPOINT: 'http://127.0.0.1:9000',
	S3_BUCKET: 'xishan',
	S3_ACCESS_KEY: 'key',
	S3_SECRET_KEY: 'very-secret',
};

describe('the settings', () => {
	test('nothing set is one machine that keeps to itself', () => {
		expect(readConfig({})).toMatchObject({
			port: 8180,
			host: '127.0.0.1',
			role: 'all',
			dataDir: resolve('.data'),
			clientDir: resolve('dist'),
			importsDemo: true,
			databaseUrl: undefined,
			s3: undefined,
			trustProxy: false,
			logLevel: 'info',
		});
	});

	test('an empty variable counts as unset, and blanks around a value do not matter', () => {
		expect(readConfig({ PORT: '', HOST: ' 0.0.0.0 ', S3_BUCKET: '' })).toMatchObject({
			port: 8180,
			host: '0.0.0.0',
			s3: undefined,
		});
	});

	test('all four S3 settings choose the object store, with a region of their own if given', () => {
		expect(readConfig(S3).s3).toEqual({
			endpoint: S3.S3_ENDPOINT,
			bucket: 'xishan',
			accessKey: 'key',
			secretKey: 'very-secret',
			region: 'us-east-1',
		});
		expect(readConfig({ ...S3, S3_REGION: 'cn-north-1' }).s3?.region).toBe('cn-north-1');
	});

	test('jobs remember their steps in a folder of our choice, inside the data folder otherwise', () => {
		expect(readConfig({}).jobs.cacheDir).toBeUndefined();
		expect(readConfig({ JOB_CACHE: 'steps' }).jobs.cacheDir).toBe(resolve('steps'));
	});

	test('some S3 settings without the others are an error that names what lacks', () => {
		const { S3_ACCESS_KEY, S3_SECRET_KEY, ...some } = S3;
		expect(() => readConfig(some)).toThrow(
			'settings: the object store also needs S3_ACCESS_KEY, S3_SECRET_KEY — set all four of S3_* or none',
		);
	});

	test.each([
		['PORT', 'eighty'],
		['PORT', '70000'],
		['PORT', '80.5'],
		['ROLE', 'everything'],
		['DATABASE_URL', 'mysql://u:hidden-word@h/d'],
		['DATABASE_URL', 'hidden-word'],
		['S3_ENDPOINT', 'ftp://h'],
		['PUBLIC_URL', 'museum.example'],
		['AUTH_SECRET', 'hidden-word'],
		['LOG_LEVEL', 'loud'],
		['XISHAN_DEMO', 'maybe'],
		['JOB_MEMORY_MB', '1'],
		['JOBS_AT_ONCE', '0'],
	])('%s=%s is one sentence that names the setting and not its value', (name, value) => {
		const error = (() => {
			try {
				readConfig({ [name]: value });
				return null;
			} catch (thrown) {
				return thrown;
			}
		})();
		expect(error).toMatchObject({ name: 'StartError' });
		const { message } = error as Error;
		expect(message).toMatch(new RegExp(`^settings: ${name} is wrong \\(.+\\) — see npm start`));
		expect(message).not.toContain('hidden-word');
		expect(message).not.toContain('\n');
	});

	test('roles that share the work need a database they can share', () => {
		expect(() => readConfig({ ROLE: 'worker' })).toThrow(/ROLE=worker .* set DATABASE_URL/);
		const DATABASE_URL = 'postgresql://app@db.internal:5432/xishan';
		expect(readConfig({ ROLE: 'worker', DATABASE_URL })).toMatchObject({
			role: 'worker',
			databaseUrl: DATABASE_URL,
		});
	});

	test('proxies are believed by number or by address, and a public address ends without a slash', () => {
		expect(readConfig({ TRUST_PROXY: '2' }).trustProxy).toBe(2);
		expect(readConfig({ TRUST_PROXY: '10.0.0.0/8' }).trustProxy).toBe('10.0.0.0/8');
		expect(readConfig({ PUBLIC_URL: 'https://museum.example/' }).publicUrl).toBe(
			'https://museum.example',
		);
	});

	test('the help names every setting with its default, in Chinese and English', () => {
		const help = settingsHelp();
		const names = [...help.matchAll(/^ {2}([A-Z][A-Z0-9_]+) {2,}(.+) · (.+)\n {18}= (.+)$/gm)];
		expect(names.map((match) => match[1])).toEqual(
			expect.arrayContaining([
				'PORT',
				'HOST',
				'XISHAN_DATA',
				'ROLE',
				'DATABASE_URL',
				...Object.keys(S3),
			]),
		);
		for (const [, , zh] of names) expect(zh).toMatch(/\p{Script=Han}/u);
		expect(help).not.toContain('undefined');
		expect(names.find((match) => match[1] === 'PORT')?.[4]).toBe('8180');
	});
});

import { resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.ts';

const PROJECT_DIR = resolve(import.meta.dirname, '../..');

const YES_NO = z.enum(['yes', 'no']);
const text = () => z.string().min(1);
const httpUrl = () =>
	z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });

/**
 * Every setting: name, rule, default and one line of help. The defaults are what one machine needs;
 * `--help` is drawn from here, so the help cannot drift from what is read.
 */
const SETTINGS = z.object({
	PORT: z.coerce
		.number()
		.int()
		.min(0)
		.max(65_535)
		.default(8180)
		.meta({ zh: '网页端口；0 为任选空闲端口', en: 'port of the site; 0 takes any free one' }),
	HOST: text().default('127.0.0.1').meta({
		zh: '监听地址；0.0.0.0 向局域网开放',
		en: 'address to listen on; 0.0.0.0 opens it to the LAN',
	}),
	XISHAN_DATA: text()
		.optional()
		.meta({ zh: '数据目录', en: 'data folder', shownDefault: '.data in the project' }),
	XISHAN_CLIENT: text().optional().meta({
		zh: '已构建网页的目录',
		en: 'folder of the built client',
		shownDefault: 'dist in the project',
	}),
	XISHAN_DEMO: YES_NO.default('yes').meta({
		zh: '启动时导入示例馆群',
		en: 'import the demo cluster at start: yes, no',
	}),
	ROLE: z
		.enum(['all', 'web', 'worker'])
		.default('all')
		.meta({ zh: '本进程的角色', en: 'what this process does: all, web, worker' }),
	DATABASE_URL: z
		.url({
			protocol: /^postgres(ql)?$/,
			error: 'must be a postgres:// address',
		})
		.optional()
		.meta({
			zh: '外部 PostgreSQL',
			en: 'PostgreSQL to use',
			shownDefault: 'our own, inside the data folder',
		}),
	S3_ENDPOINT: httpUrl().optional().meta({
		zh: 'S3 兼容对象存储',
		en: 'S3-compatible object store to use',
		shownDefault: 'disk, inside the data folder',
	}),
	S3_BUCKET: text().optional().meta({ zh: '存储桶', en: 'bucket, made if it is missing' }),
	S3_ACCESS_KEY: text().optional().meta({ zh: '访问密钥', en: 'access key' }),
	S3_SECRET_KEY: text().optional().meta({ zh: '私密密钥', en: 'secret key' }),
	S3_REGION: text().default('us-east-1').meta({ zh: '区域', en: 'region' }),
	PUBLIC_URL: httpUrl().optional().meta({
		zh: '访客使用的网址（在反向代理之后）',
		en: 'address visitors use, behind a proxy',
		shownDefault: 'that of this machine',
	}),
	TRUST_PROXY: text().optional().meta({
		zh: '可信的反向代理',
		en: 'proxies to believe: how many, or their addresses',
		shownDefault: 'none',
	}),
	AUTH_SECRET: z.string().min(32, 'must have 32 characters or more').optional().meta({
		zh: '登录会话的签名密钥；换掉它，所有人须重新登录',
		en: 'secret that signs sessions; with another one everybody signs in anew',
		shownDefault: 'made once, kept in the database',
	}),
	LOG_LEVEL: z
		.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
		.default('info')
		.meta({ zh: '日志级别', en: 'fatal, error, warn, info, debug, trace, silent' }),
	LOG_FORMAT: z.enum(['json', 'text']).optional().meta({
		zh: '日志格式',
		en: 'json, text',
		shownDefault: 'text on a terminal, else json',
	}),
	JOBS_AT_ONCE: z.coerce
		.number()
		.int()
		.min(1)
		.max(64)
		.default(1)
		.meta({ zh: '同时处理的任务数', en: 'jobs run side by side' }),
	JOB_MEMORY_MB: z.coerce
		.number()
		.int()
		.min(256)
		.default(4096)
		.meta({ zh: '单个任务内存上限（MB）', en: 'memory one job may take, MB' }),
	JOB_TIMEOUT_S: z.coerce
		.number()
		.int()
		.min(10)
		.default(1800)
		.meta({ zh: '单个任务时限（秒）', en: 'time one job may take, seconds' }),
	JOB_CACHE: text().optional().meta({
		zh: '任务各步结果的目录；几个服务器可以共用，用后保留',
		en: 'folder where jobs remember steps; servers may share it, and it keeps them',
		shownDefault: 'inside the data folder, each gone when its asset is finished',
	}),
	ASSET_GRACE_DAYS: z.coerce.number().int().min(1).max(3650).default(30).meta({
		zh: '无人引用的三维资产保留天数',
		en: 'days an asset that nothing links is kept',
	}),
	JOB_REFINE: YES_NO.default('yes').meta({
		zh: '空闲时再补制转台、手机 AR 与头显纹理',
		en: 'when idle, add turntables, AR models and textures for headsets: yes, no',
	}),
});

type Settings = z.infer<typeof SETTINGS>;

/** Where an S3-compatible store is and how to enter it. */
export interface S3Config {
	endpoint: string;
	bucket: string;
	accessKey: string;
	secretKey: string;
	region: string;
}

/** The environment, checked once. Folders are absolute. */
export interface Config {
	port: number;
	host: string;
	role: 'all' | 'web' | 'worker';
	dataDir: string;
	clientDir: string;
	importsDemo: boolean;
	/** Undefined: run our own PostgreSQL inside `dataDir`. */
	databaseUrl: string | undefined;
	/** Undefined: keep objects on disk inside `dataDir`. */
	s3: S3Config | undefined;
	/** Without a trailing slash. */
	publicUrl: string | undefined;
	/** As Express takes it: how many proxies, a list of addresses, or none. */
	trustProxy: number | string | false;
	/** Days an asset that no record links is kept. */
	assetGraceDays: number;
	/** Undefined: the one kept in the database. */
	authSecret: string | undefined;
	logLevel: Settings['LOG_LEVEL'];
	logFormat: 'json' | 'text';
	jobs: {
		atOnce: number;
		memoryMB: number;
		timeoutS: number;
		refines: boolean;
		/** Undefined: steps are remembered inside `dataDir`, while an asset is unfinished. */
		cacheDir: string | undefined;
	};
}

/** Settings of this program found in an environment; empty ones count as unset. */
function ownSettings(env: NodeJS.ProcessEnv): Record<string, string> {
	const own: Record<string, string> = {};
	for (const name of Object.keys(SETTINGS.shape)) {
		const value = env[name]?.trim();
		if (value) own[name] = value;
	}
	return own;
}

function parseSettings(env: NodeJS.ProcessEnv): Settings {
	const parsed = SETTINGS.safeParse(ownSettings(env));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const name = String(issue?.path[0] ?? 'environment');
	// Never the value itself: it may be a secret.
	throw new StartError(`settings: ${name} is wrong (${issue?.message}) — see npm start -- --help`);
}

function s3Config(settings: Settings): S3Config | undefined {
	const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY, S3_REGION } = settings;
	const parts = { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY };
	if (S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY && S3_SECRET_KEY) {
		return {
			endpoint: S3_ENDPOINT,
			bucket: S3_BUCKET,
			accessKey: S3_ACCESS_KEY,
			secretKey: S3_SECRET_KEY,
			region: S3_REGION,
		};
	}
	const missing = Object.entries(parts).flatMap(([name, value]) => (value ? [] : [name]));
	if (missing.length === Object.keys(parts).length) return undefined;
	throw new StartError(
		`settings: the object store also needs ${missing.join(', ')} — set all four of S3_* or none`,
	);
}

/** Processes that share the work must share a database: our own serves one process only. */
function checkRole({ ROLE, DATABASE_URL }: Settings): void {
	if (ROLE === 'all' || DATABASE_URL !== undefined) return;
	throw new StartError(
		`settings: ROLE=${ROLE} works on a database it shares with others — set DATABASE_URL, too`,
	);
}

function trustProxy(value: string | undefined): Config['trustProxy'] {
	if (value === undefined || value === 'no' || value === 'false') return false;
	return /^\d+$/.test(value) ? Number(value) : value;
}

/**
 * Reads the environment into a typed config, once, at start.
 * Throws StartError, one sentence naming the setting but never its value, when something is wrong.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
	const settings = parseSettings(env);
	checkRole(settings);
	return {
		port: settings.PORT,
		host: settings.HOST,
		role: settings.ROLE,
		dataDir: resolve(settings.XISHAN_DATA ?? resolve(PROJECT_DIR, '.data')),
		clientDir: resolve(settings.XISHAN_CLIENT ?? resolve(PROJECT_DIR, 'dist')),
		importsDemo: settings.XISHAN_DEMO === 'yes',
		databaseUrl: settings.DATABASE_URL,
		s3: s3Config(settings),
		publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, ''),
		trustProxy: trustProxy(settings.TRUST_PROXY),
		assetGraceDays: settings.ASSET_GRACE_DAYS,
		authSecret: settings.AUTH_SECRET,
		logLevel: settings.LOG_LEVEL,
		logFormat: settings.LOG_FORMAT ?? (process.stderr.isTTY ? 'text' : 'json'),
		jobs: {
			atOnce: settings.JOBS_AT_ONCE,
			memoryMB: settings.JOB_MEMORY_MB,
			timeoutS: settings.JOB_TIMEOUT_S,
			refines: settings.JOB_REFINE === 'yes',
			cacheDir: settings.JOB_CACHE === undefined ? undefined : resolve(settings.JOB_CACHE),
		},
	};
}

/** What `--help` prints: every setting, its default, one line in Chinese and in English. */
export function settingsHelp(): string {
	const lines = Object.entries(SETTINGS.shape).flatMap(([name, rule]) => {
		const meta = rule.meta() ?? {};
		const preset = meta.shownDefault ?? rule.safeParse(undefined).data ?? '—';
		return [`  ${name.padEnd(15)} ${meta.zh} · ${meta.en}`, `${' '.repeat(18)}= ${preset}`];
	});
	return [
		'西山：启动整座馆群。设置写在环境变量里，例如：',
		'Xishan: starts the whole cluster. Settings are environment variables, as in:',
		'',
		'  PORT=8080 HOST=0.0.0.0 npm start',
		'',
		'设置与默认值 · settings and defaults:',
		'',
		...lines,
		'',
	].join('\n');
}

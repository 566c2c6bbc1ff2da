import { type Logger, pino } from 'pino';
import { z } from 'zod';
import type { Config } from '../config/config.ts';
import { describeError } from '../log-error.ts';

const REDACTED = ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'];
const OWN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err', 'req', 'res']);

const lineSchema = z.looseObject({
	level: z.number(),
	time: z.number(),
	msg: z.string().default(''),
	err: z.looseObject({ message: z.string().default('') }).optional(),
});

/** `12:03:04 warn  queue: a statement failed · err: connection refused · job=…` */
function humanLine(json: string): string {
	const line = lineSchema.parse(JSON.parse(json));
	const time = new Date(line.time).toTimeString().slice(0, 8);
	const level = (pino.levels.labels[line.level] ?? '').padEnd(5);
	const fields = Object.entries(line).flatMap(([name, value]) =>
		OWN_FIELDS.has(name) ? [] : [`${name}=${JSON.stringify(value)}`],
	);
	const parts = [line.msg, ...(line.err ? [`err: ${line.err.message}`] : []), ...fields];
	return `${time} ${level} ${parts.filter(Boolean).join(' · ')}\n`;
}

/** Writes to stderr, so that stdout keeps the addresses: JSON lines for machines, short ones for people. */
export function createLogger(config: Pick<Config, 'logFormat' | 'logLevel'>): Logger {
	const serializers = { err: describeError };
	const options = { level: config.logLevel, redact: REDACTED, serializers };
	if (config.logFormat === 'json') return pino(options, pino.destination({ fd: 2, sync: true }));
	return pino(options, { write: (json) => void process.stderr.write(humanLine(json)) });
}

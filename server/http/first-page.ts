import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { NewerFormatError } from '#schema/record/document-format';
import { type Language, pickText } from '#schema/value/text';
import { type FirstRecord, readFirstRecord } from '../catalogue/first-record.ts';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import type { ClientFolder } from './client-folder.ts';
import { chunkFiles } from './client-manifest.ts';
import { type PageAddress, readPageAddress } from './page-address.ts';
import { writePageHead } from './page-head.ts';

const LOCALES = resolve(import.meta.dirname, '../../assets/locales');
/** A page comes without its record rather than late: it can ask by itself. */
const PATIENCE_MS = 1000;

const siteWords = z.object({ site: z.object({ name: z.string(), description: z.string() }) });
type SiteWords = z.infer<typeof siteWords>['site'];
const words = new Map<Language, Promise<SiteWords | undefined>>();

/** How the site calls itself; read once a language, undefined where its words cannot be read. */
function siteWordsIn(language: Language): Promise<SiteWords | undefined> {
	const known = words.get(language);
	if (known) return known;
	const read = readFile(join(LOCALES, language, 'interface.json'), 'utf8');
	const found = read.then((text) => siteWords.parse(JSON.parse(text)).site).catch(() => undefined);
	words.set(language, found);
	return found;
}

/** The record on a page's stage, or undefined where none can be shown now, for whatever reason. */
async function findRecord(
	context: Context,
	staged: PageAddress['staged'],
): Promise<FirstRecord | undefined> {
	if (!staged) return undefined;
	const stop = new AbortController();
	const reading = readFirstRecord(context.db.orm, staged.resource, staged.id).catch((error) => {
		const isUsual = error instanceof NotFoundError || error instanceof NewerFormatError;
		if (!isUsual) context.logger.warn({ err: error }, 'a page goes out without its record');
		return undefined;
	});
	const late = delay(PATIENCE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
	const found = await Promise.race([reading, late]);
	stop.abort();
	return found;
}

/**
 * The page of one address, so that a browser asks for all it needs at once: its chunks, and where it
 * has a stage, the record, what its page shows around it, and the first bytes of its model. Never
 * throws for a record: a page without one asks for it by itself and says what is wrong.
 */
export async function firstPage(
	context: Context,
	client: Pick<ClientFolder, 'html' | 'manifest'>,
	path: string,
	mayRead = true,
): Promise<string> {
	const { language, page, staged } = readPageAddress(path);
	const record = mayRead ? await findRecord(context, staged) : undefined;
	// The page as it was built speaks Chinese.
	const isAsBuilt = !record && (language ?? 'zh-CN') === 'zh-CN';
	const site = language && !isAsBuilt ? await siteWordsIn(language) : undefined;
	const say = (text: FirstRecord['name']) => language && pickText(text, language).text;
	const spoken = language && `../assets/locales/${language}/interface.json`;
	const chunks = [record && staged?.stage, page, spoken].filter((each) => each !== undefined);
	return writePageHead(client.html, {
		...chunkFiles(client.manifest, chunks),
		language,
		title: [record && say(record.name), site?.name].filter(Boolean).join(' · '),
		description: record?.summary ? say(record.summary) : site?.description,
		models: record?.model ? [record.model] : [],
		poster: record?.poster,
		isStageFirst: record?.hasStage ?? false,
		answers: record?.answers ?? [],
	});
}

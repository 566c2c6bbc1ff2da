import type { OutputFolder } from './output-folder.ts';

/** Writes a value as JSON that people can read. */
export async function writeJson(folder: OutputFolder, name: string, value: unknown): Promise<void> {
	await folder.write(name, Buffer.from(`${JSON.stringify(value, null, '\t')}\n`));
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE } from '../result-files.ts';
import { BAG_FOLDER } from './archive.ts';
import { DECLARATION_FILE } from './bag.ts';
import { CHECKSUMS_FILE } from './checksums.ts';
import type { Verdict } from './problem.ts';
import { verifyBag } from './verify-bag.ts';
import { verifyResult } from './verify-result.ts';

/** Checks a finished folder with the bag in it, or a bag alone; undefined when it is neither. */
export async function verify(root: string): Promise<Verdict | undefined> {
	if (existsSync(join(root, DECLARATION_FILE))) return await verifyBag(root);
	const bag = join(root, BAG_FOLDER);
	const hasBag = existsSync(bag);
	const isResult = [MANIFEST_FILE, CHECKSUMS_FILE].some((file) => existsSync(join(root, file)));
	if (!isResult && !hasBag) return undefined;
	const result = await verifyResult(root);
	if (!hasBag) return result;
	const { files, problems } = await verifyBag(bag);
	const inside = problems.map((problem) => ({ ...problem, file: `${BAG_FOLDER}/${problem.file}` }));
	return { files: result.files + files, problems: [...result.problems, ...inside] };
}

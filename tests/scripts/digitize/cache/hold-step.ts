import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StepCache } from '../../../../scripts/digitize/cache/step-cache.ts';

/** A process of its own for tests: `node hold-step.ts ROOT NAME`; says `making`, goes on when told to. */
const [root = '', name = ''] = process.argv.slice(2);
await using cache = await StepCache.open(root);
const { value } = await cache.step('slow', name, async (dir) => {
	await writeFile(join(dir, 'half.txt'), 'half');
	process.stdout.write('making\n');
	await new Promise((resolve) => process.stdin.once('data', resolve));
	return `made by ${process.pid}`;
});
process.stdout.write(`${value}\n`);
process.stdin.destroy();

import type { Format } from '../../intake/formats.ts';
import type { SourceFile } from '../../intake/source-file.ts';
import { RangeReader } from '../../points/range-reader.ts';
import { refuse } from '../../refusal-error.ts';
import { cleanSplats, type SplatCloud } from '../splat-cloud.ts';
import { readPlySplats } from './read-ply-splats.ts';
import { readSog } from './read-sog.ts';
import { readSplat } from './read-splat.ts';
import { readSpz } from './read-spz.ts';

/** Reads Gaussian splats. Refuses what holds none. */
export async function readSplats(source: SourceFile, format: Format): Promise<SplatCloud> {
	return cleanSplats(await readAny(source, format), source.name);
}

async function readAny(source: SourceFile, format: Format): Promise<SplatCloud> {
	if (format === 'spz') return readSpz(source.read(), source.name);
	if (format === 'sog') return await readSog(source.read(), source.name);
	using file = RangeReader.open(source);
	if (format === 'ply') return readPlySplats(file);
	if (format === 'splat') return readSplat(file);
	return refuse('splats-empty', `${source.name} holds no splats — leave --kind away`);
}

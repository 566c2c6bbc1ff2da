import type { Format } from '../../intake/formats.ts';
import type { SourceFile } from '../../intake/source-file.ts';
import { refuse } from '../../refusal-error.ts';
import type { PointCloud } from '../point-cloud.ts';
import { RangeReader } from '../range-reader.ts';
import { readE57 } from './read-e57.ts';
import { readLas } from './read-las.ts';
import { readLaz } from './read-laz.ts';
import { readPlyPoints } from './read-ply-points.ts';

/** Reads a point cloud by ranges of its file. Refuses what holds no points. */
export async function readPoints(source: SourceFile, format: Format): Promise<PointCloud> {
	using file = RangeReader.open(source);
	if (format === 'las') return readLas(file);
	if (format === 'laz') return await readLaz(file);
	if (format === 'e57') return readE57(file);
	if (format === 'ply') return readPlyPoints(file);
	return refuse('points-empty', `${source.name} holds no points — leave --kind away`);
}

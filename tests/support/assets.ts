import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Database } from '../../server/database/database.ts';
import { asset } from '../../server/database/schema/assets.ts';
import { job as jobTable } from '../../server/database/schema/jobs.ts';

const HASH = 'ab'.repeat(32);

export function aManifest(): AssetManifest {
	const address = (name: string) => `/objects/sha256/${HASH}/${name}`;
	return {
		format: 'xishan-asset/1',
		kind: 'mesh',
		bounds: { min: [0, 0, 0], max: [1, 1, 1] },
		source: { name: 'scan.ply', bytes: 10, sha256: HASH, triangles: 1, unit: 'mm', up: 'Z' },
		tiers: [
			{
				tier: 'thumb',
				file: address('thumb.glb'),
				bytes: 10,
				sha256: HASH,
				triangles: 1,
				texturePx: 0,
				errorM: 0,
				gpuBytes: 10,
				brotliBytes: 10,
			},
		],
		poster: { file: address('poster.webp'), widthPx: 8, heightPx: 8 },
		report: address('report.json'),
		recipe: { tools: {}, options: { unit: null } },
	};
}

/** Gives an artefact an asset in some state, as a job would have left it. */
export async function giveAsset(
	db: Database,
	artefact: string,
	state: Pick<typeof asset.$inferInsert, 'id' | 'job' | 'status'> &
		Partial<typeof asset.$inferInsert>,
): Promise<void> {
	await db.orm.insert(asset).values({
		scanSha256: HASH,
		scanName: 'scan.ply',
		scanBytes: 10,
		options: {},
		...state,
	});
	await db.pool.query(
		`insert into medium (resource, record_id, revision, role, asset)
		select resource, id, published_revision, 'model', $2 from record
		where resource = 'artefacts' and id = $1`,
		[artefact, state.id],
	);
	await db.orm.insert(jobTable).values({
		id: state.job,
		subject: `asset/${state.id}`,
		status: state.status === 'ready' ? 'done' : state.status,
		stage: state.status === 'running' ? 'simplify' : null,
		progress: 0.5,
		failure: state.failure ?? null,
	});
}

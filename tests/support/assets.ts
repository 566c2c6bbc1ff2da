import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Database } from '../../server/database/database.ts';
import { asset, assetFile } from '../../server/database/schema/assets.ts';
import { job as jobTable } from '../../server/database/schema/jobs.ts';

const HASH = 'ab'.repeat(32);

/** Where a file of `aManifest` is found by a visitor of the site. */
export function atSite(name: string): string {
	return `/objects/sha256/${HASH}/${name}`;
}

/** A small manifest as the pipeline writes it; with `atSite` as a visitor gets it. */
export function aManifest(address = (name: string) => name): AssetManifest {
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
	state: Partial<typeof asset.$inferInsert> &
		Pick<typeof asset.$inferInsert, 'id' | 'job'> & {
			status: 'queued' | 'running' | 'ready' | 'failed';
		},
): Promise<void> {
	await db.orm.insert(asset).values({
		scanSha256: HASH,
		scanName: 'scan.ply',
		scanBytes: 10,
		options: {},
		...state,
	});
	if (state.manifest) {
		const file = { asset: state.id, sha256: HASH, bytes: 10, contentType: '', isPublic: true };
		const names = ['thumb.glb', 'poster.webp', 'report.json'];
		await db.orm.insert(assetFile).values(names.map((name) => ({ ...file, name })));
	}
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

/** Every file of an asset that may be given out, whether it stands alone or in a folder. */
export async function filesOf(
	db: Database,
	asset: string,
): Promise<{ name: string; sha256: string; bytes: number }[]> {
	const { rows } = await db.pool.query(
		`select name, sha256, bytes::int from asset_file where asset = $1 and is_public
		union all
		select name || '/' || key, value->>0, (value->1)::int
		from asset_folder, jsonb_each(files) where asset = $1 and is_public order by name`,
		[asset],
	);
	return rows;
}

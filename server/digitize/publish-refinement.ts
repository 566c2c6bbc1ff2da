import { eq } from 'drizzle-orm';
import type { AssetManifest, SpatialManifest, TierFile } from '#schema/asset/asset-manifest';
import { addressesOf, type FileRow } from '../assets/address-manifest.ts';
import { filesIn, storeFiles } from '../assets/store-files.ts';
import { asset } from '../database/schema/assets.ts';
import { markRefined } from './asset-progress.ts';
import { type Derivatives, insertFiles, readManifest } from './publish-derivatives.ts';

type MeshManifest = Extract<SpatialManifest, { kind: 'mesh' }>;

/** Whether a second pass would give more: turntable and AR model, or KTX2 for a textured surface. */
export function wantsRefinement(manifest: AssetManifest | null): manifest is MeshManifest {
	if (manifest?.kind !== 'mesh') return false;
	const isFast = manifest.recipe.options.fast === true;
	return isFast || (manifest.tiers.some(isTextured) && !hasKtx2(manifest));
}

function isTextured({ tier, texturePx }: TierFile): boolean {
	return tier !== 'thumb' && texturePx > 0;
}

function hasKtx2(manifest: MeshManifest): boolean {
	return manifest.tiers.some((tier) => tier.ktx2 !== undefined);
}

/** The second tileset and its tiles, which name those of the first too. */
const KTX2_TILE = /^tiles\/(?:\d+\/\d+\.ktx2\.glb|tileset\.ktx2\.json)$/;

/** What only a second pass makes: its names. */
function addedFiles({ tiers, turntable, ar, report }: MeshManifest): Set<string> {
	const ktx2 = tiers.flatMap((tier) => (tier.ktx2 ? [tier.ktx2.file] : []));
	const more = [...(turntable ? [turntable.file] : []), ...(ar ? [ar.usdz] : [])];
	return new Set([...ktx2, ...more, report]);
}

/**
 * The report says more after a second pass, and is another file: what the path of the first one gives
 * never changes. Its name in the table holds its hash, so that no report takes another's place.
 */
function besideTheFirst({ report }: MeshManifest, rows: readonly FileRow[]): FileRow[] {
	return rows.map((row) =>
		row.name === report ? { ...row, name: `refined/${row.sha256}/${row.name}` } : row,
	);
}

/** The parts of a manifest that the first pass leaves out, and the report about all of them. */
function addressMore(
	{ turntable, ar, report }: MeshManifest,
	to: ReturnType<typeof addressesOf>,
): Pick<MeshManifest, 'turntable' | 'ar' | 'report'> {
	return {
		report: to.of(report),
		...(turntable ? { turntable: to.entry(turntable) } : {}),
		...(ar ? { ar: { ...ar, usdz: to.of(ar.usdz) } } : {}),
	};
}

/** The shown tiles with the second tileset, where that was made of the same ones. */
function addressKtx2Tiles(
	{ tiles }: MeshManifest,
	refined: MeshManifest,
	to: ReturnType<typeof addressesOf>,
): Pick<MeshManifest, 'tiles'> {
	const ktx2 = refined.tiles?.ktx2;
	if (tiles === undefined || ktx2 === undefined || tiles.bytes !== refined.tiles?.bytes) return {};
	return { tiles: { ...tiles, ktx2: { ...ktx2, file: to.of(ktx2.file) } } };
}

/**
 * Adds the files of a second pass to an asset that is shown already. Nothing that is served
 * changes: files are only added, and only to tiers whose bytes are those that were published. The
 * manifest then names them, and the report of this pass instead of the first one's. False
 * when they are not, because the pipeline is another one by now; nothing is changed then.
 */
export async function publishRefinement({ db, task, ...made }: Derivatives): Promise<boolean> {
	const refined = await readManifest(made.outDir);
	if (refined.kind !== 'mesh') return false;
	const names = await filesIn(made.outDir);
	const added = addedFiles(refined);
	const isAdded = (name: string) =>
		added.has(name) || added.has(name.replace(/\.br$/, '')) || KTX2_TILE.test(name);
	const rows = await storeFiles({ ...made, asset: task.asset }, names.filter(isAdded));
	const to = addressesOf(task.asset, rows);
	return await db.orm.transaction(async (tx) => {
		const [now] = await tx
			.select({ manifest: asset.manifest })
			.from(asset)
			.where(eq(asset.id, task.asset))
			.for('update');
		const shown = now?.manifest;
		if (shown?.kind !== 'mesh') return false;
		const tiers: TierFile[] = [];
		for (const tier of shown.tiers) {
			const better = refined.tiers.find(({ sha256 }) => sha256 === tier.sha256);
			if (better?.tier !== tier.tier) return false;
			tiers.push(better.ktx2 ? { ...tier, ktx2: to.entry(better.ktx2) } : tier);
		}
		const profiles = refined.profiles ?? shown.profiles;
		const { recipe } = refined;
		const more = {
			...addressKtx2Tiles(shown, refined, to),
			...addressMore(refined, to),
			...(profiles ? { profiles } : {}),
		};
		await insertFiles(tx, besideTheFirst(refined, rows));
		await markRefined(tx, task, { ...shown, tiers, recipe, ...more });
		return true;
	});
}

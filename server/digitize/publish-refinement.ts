import { eq } from 'drizzle-orm';
import type { AssetManifest, SpatialManifest, TierFile } from '#schema/asset/asset-manifest';
import { insertFiles, type MadeFile, refinedName } from '../assets/asset-files.ts';
import { checksOf } from '../assets/check-manifest.ts';
import type { FileMapping } from '../assets/map-files.ts';
import { filesIn, storeFiles } from '../assets/store-files.ts';
import { whileStoring } from '../assets/while-storing.ts';
import type { Transaction } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import { markRefined } from './asset-progress.ts';
import { type Derivatives, readManifest } from './publish-derivatives.ts';

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

/** Under which name a file is kept: that of the report holds its hash, so that it takes no other's place. */
function besideTheFirst({ report }: MeshManifest, files: readonly MadeFile[]): MadeFile[] {
	return files.map((file) =>
		file.name === report ? { ...file, name: refinedName(file.name, file.sha256) } : file,
	);
}

/**
 * The parts of a manifest that the first pass leaves out, and the report about all of them: it says more
 * after a second pass, and is another file, since what the path of the first one gives never changes.
 */
function partsAdded(
	{ turntable, ar, report }: MeshManifest,
	files: readonly MadeFile[],
	checked: FileMapping,
): Pick<MeshManifest, 'turntable' | 'ar' | 'report'> {
	const name = checked.of(report);
	const sha256 = files.find((file) => file.name === name)?.sha256 ?? '';
	return {
		report: refinedName(name, sha256),
		...(turntable ? { turntable: checked.entry(turntable) } : {}),
		...(ar ? { ar: { ...ar, usdz: checked.of(ar.usdz) } } : {}),
	};
}

/** The shown tiles with the second tileset, where that was made of the same ones. */
function ktx2Tiles(
	{ tiles }: MeshManifest,
	refined: MeshManifest,
	checked: FileMapping,
): Pick<MeshManifest, 'tiles'> {
	const ktx2 = refined.tiles?.ktx2;
	if (tiles === undefined || ktx2 === undefined || tiles.bytes !== refined.tiles?.bytes) return {};
	return { tiles: { ...tiles, ktx2: { ...ktx2, file: checked.of(ktx2.file) } } };
}

/** The shown manifest with what was added; undefined when a tier's bytes are not those that are shown. */
function refine(
	shown: MeshManifest,
	refined: MeshManifest,
	files: readonly MadeFile[],
): MeshManifest | undefined {
	const checked = checksOf(files);
	const tiers: TierFile[] = [];
	for (const tier of shown.tiers) {
		const better = refined.tiers.find(({ sha256 }) => sha256 === tier.sha256);
		if (better?.tier !== tier.tier) return undefined;
		tiers.push(better.ktx2 ? { ...tier, ktx2: checked.entry(better.ktx2) } : tier);
	}
	const profiles = refined.profiles ?? shown.profiles;
	return {
		...shown,
		tiers,
		recipe: refined.recipe,
		...ktx2Tiles(shown, refined, checked),
		...partsAdded(refined, files, checked),
		...(profiles ? { profiles } : {}),
	};
}

async function shownManifest(tx: Transaction, id: string): Promise<AssetManifest | null> {
	const [now] = await tx
		.select({ manifest: asset.manifest })
		.from(asset)
		.where(eq(asset.id, id))
		.for('update');
	return now?.manifest ?? null;
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
	return await whileStoring({ db, store: made.store }, async (orm) => {
		const files = await storeFiles(made, names.filter(isAdded));
		return await orm.transaction(async (tx) => {
			const shown = await shownManifest(tx, task.asset);
			const manifest = shown?.kind === 'mesh' ? refine(shown, refined, files) : undefined;
			if (manifest === undefined) return false;
			await insertFiles(tx, task.asset, besideTheFirst(refined, files));
			await markRefined(tx, task, manifest);
			return true;
		});
	});
}

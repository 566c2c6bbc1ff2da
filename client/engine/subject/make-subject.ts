import type { SpatialManifest } from '#schema/asset/asset-manifest';
import type { SubjectHost } from '../stage/subject.ts';
import { type LadderAsset, MeshLadder, type MeshLadderOptions } from './mesh-ladder.ts';

type MakeSubject = (
	host: SubjectHost,
	asset: LadderAsset,
	options: MeshLadderOptions,
) => MeshLadder;

const ladder: MakeSubject = (host, asset, options) => new MeshLadder(host, asset, options);

/** Who shows which kind of asset. Points and splats come with tiers of a ladder as well, which stand in for them. */
const KINDS: Readonly<Record<SpatialManifest['kind'], MakeSubject>> = {
	mesh: ladder,
	points: ladder,
	splats: ladder,
};

/** Makes what shows an asset on a stage; undefined for a kind that this client does not know. */
export function makeSubject(
	host: SubjectHost,
	asset: LadderAsset,
	options: MeshLadderOptions,
): MeshLadder | undefined {
	const make: MakeSubject | undefined = KINDS[asset.manifest.kind];
	return make?.(host, asset, options);
}

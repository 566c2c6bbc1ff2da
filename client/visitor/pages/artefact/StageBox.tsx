import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import { isSpatial } from '#schema/asset/asset-manifest';
import { usePlainText } from '../../../parts/hooks/visit-context.ts';
import { lazyPart } from '../../../parts/lazy-part.ts';
import { Poster } from '../../../parts/Poster.tsx';
import { StageBoundary } from '../../../parts/StageBoundary.tsx';
import { readyAssetOf } from '../../../state/asset-address.ts';
import { FlatStage } from './FlatStage.tsx';
import { Making } from './Making.tsx';

export const PieceStage = lazyPart(
	async () => (await import('../../../stages/PieceStage.tsx')).PieceStage,
);

/** Where the piece stands: in 3D (or as the picture or recording it is) once it is ready, its making while that goes on, and words when it failed. */
export function StageBox({ artefact }: { artefact: ArtefactWithAsset }) {
	const { t } = useTranslation();
	const text = usePlainText();
	const ready = readyAssetOf(artefact);
	const poster = <Poster artefact={artefact} isFirst />;
	if (ready && isSpatial(ready.manifest) && ready.manifest.tiers.length > 0) {
		return (
			<StageBoundary fallback={poster}>
				<Suspense fallback={poster}>
					<PieceStage
						manifest={ready.manifest}
						manifestUrl={ready.manifestUrl}
						name={text(artefact.name)}
						textAlternative={text(artefact.textAlternative)}
						posterUrl={ready.posterUrl}
					/>
				</Suspense>
			</StageBoundary>
		);
	}
	if (ready && !isSpatial(ready.manifest)) {
		return <FlatStage artefact={artefact} ready={{ ...ready, manifest: ready.manifest }} />;
	}
	const { asset } = artefact;
	if (asset?.status === 'queued' || asset?.status === 'running') {
		return <Making artefactId={artefact.id} asset={asset} name={artefact.name} />;
	}
	return (
		<>
			{poster}
			<p className="stage-words">
				{asset?.status === 'failed' && t(`refusal.${asset.failure?.code ?? 'internal'}`)}
				{/* Ready, and nothing of it is understood: a newer server made it. */}
				{asset?.status === 'ready' && t('state.leftOut', { count: 1 })}
				{asset?.status === 'taken-down' && t('piece.takenDown')}
				{!asset && t('piece.noScan')}
			</p>
		</>
	);
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import type { AssetManifest, SpatialManifest } from '#schema/asset/asset-manifest';
import { usePlainText } from '../../../parts/hooks/visit-context.ts';
import { Poster } from '../../../parts/Poster.tsx';
import type { ReadyAsset } from '../../../state/asset-address.ts';

type FlatManifest = Exclude<AssetManifest, SpatialManifest>;
type RecordingManifest = Extract<FlatManifest, { kind: 'audio' | 'video' }>;

interface FlatStageProps {
	artefact: ArtefactWithAsset;
	ready: ReadyAsset & { manifest: FlatManifest };
}

const MEGABYTE = 1e6;

/** Media types of what a recording offers, the smallest first. */
function sourcesOf(manifest: RecordingManifest): { file: string; type: string }[] {
	if (manifest.kind === 'video') {
		return [{ file: manifest.hls.file, type: 'application/vnd.apple.mpegurl' }];
	}
	return manifest.streams.map(({ file, codec }) => ({
		file,
		type: codec === 'opus' ? 'audio/ogg; codecs=opus' : 'audio/mp4; codecs=mp4a.40.2',
	}));
}

/**
 * A recording over its picture. Sound stands in a film's element, too: only that shows captions and a
 * picture. What no browser plays by itself (HLS in some) leaves the picture and says so.
 */
function Player({ artefact, ready }: FlatStageProps) {
	const { t, i18n } = useTranslation();
	const text = usePlainText();
	const [isPlayable, setPlayable] = useState(true);
	const { manifest, manifestUrl, posterUrl } = ready;
	if (manifest.kind !== 'audio' && manifest.kind !== 'video') return null;
	if (!isPlayable) {
		return (
			<>
				<Poster artefact={artefact} isFirst />
				<p className="stage-words">{t('flat.unplayable')}</p>
			</>
		);
	}
	const base = new URL(manifestUrl, globalThis.location?.href ?? 'http://localhost');
	const address = (file: string) => new URL(file, base).href;
	const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
	const sources = sourcesOf(manifest);
	const last = sources.at(-1);
	return (
		// biome-ignore lint/a11y/useMediaCaption: it has captions where the recording came with some
		<video
			className="player"
			controls
			preload="none"
			poster={posterUrl}
			aria-label={text(artefact.name)}
		>
			{sources.map((source) => (
				<source
					key={source.file}
					src={address(source.file)}
					type={source.type}
					// Browsers tell of each source they cannot take; after the last none is left.
					{...(source === last ? { onError: () => setPlayable(false) } : {})}
				/>
			))}
			{manifest.captions?.map(({ file, language }) => (
				<track
					key={file}
					kind="captions"
					src={address(file)}
					srcLang={language}
					label={names.of(language)}
					default={language === i18n.language}
				/>
			))}
		</video>
	);
}

/** A piece that does not stand in space: a recording plays, a picture hangs there with its original. */
export function FlatStage({ artefact, ready }: FlatStageProps) {
	const { t } = useTranslation();
	const { manifest } = ready;
	if (manifest.kind === 'audio' || manifest.kind === 'video') {
		return <Player artefact={artefact} ready={ready} />;
	}
	const poster = <Poster artefact={artefact} isFirst />;
	if (manifest.kind === 'panorama') {
		return (
			<>
				{poster}
				<p className="stage-words">{t('flat.panorama')}</p>
			</>
		);
	}
	const { file, widthPx, heightPx, bytes } = manifest.master;
	const size = Math.max(1, Math.round(bytes / MEGABYTE));
	return (
		<>
			{poster}
			<p className="stage-words">
				<a href={file} download>
					{t('flat.image', { widthPx, heightPx, size })}
				</a>
			</p>
		</>
	);
}

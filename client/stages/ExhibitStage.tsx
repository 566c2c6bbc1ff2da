import {
	type Ref,
	useCallback,
	useEffect,
	useImperativeHandle,
	useMemo,
	useRef,
	useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import type { RecordId } from '#schema/value/id';
import { type Language, pickText } from '#schema/value/text';
import type { RoomPiece } from '../engine/room/room-piece.ts';
import { type RoomNodes, RoomScene } from '../scene/RoomScene.tsx';
import { firstPixel, tellFirstPixel } from '../state/first-pixel.ts';
import type { XrWords } from '../xr/ui/xr-words.ts';
import { pieceWords, readyAssets, roomWords } from './exhibit-words.ts';
import { type ExhibitWorld, useExhibitRoot } from './use-exhibit-root.ts';
import { useXrChunk, type XrChunk } from './use-xr-chunk.ts';
import { XrEntry } from './XrEntry.tsx';
import './stage.css';

/** What a list of pieces beside the room may ask of it. */
export interface ExhibitStageHandle {
	/** Walks up to the piece and faces it; jumps when reduced motion is asked for. */
	focusPiece(pieceId: RecordId): void;
}

export interface ExhibitStageProps {
	exhibit: Exhibit;
	/** The artefacts of the pieces, by artefact id. One that is missing leaves its plinth with a label. */
	artefacts: ReadonlyMap<string, ArtefactWithAsset>;
	language: Language;
	onSelectPiece: (pieceId: RecordId) => void;
	ref?: Ref<ExhibitStageHandle>;
}

/** The words a headset shows, in the visitor's language. */
function useXrWords({ artefacts, language }: ExhibitStageProps): XrWords {
	const { t } = useTranslation('stage');
	return useMemo(
		() => ({
			piece: (piece) => pieceWords(piece.piece, artefacts, language, t('exhibit.sample')),
			close: t('xr.close'),
			leave: t('xr.leave'),
			seated: t('xr.seated'),
			standing: t('xr.standing'),
			next: t('xr.next'),
			previous: t('xr.previous'),
			placeHint: t('xr.placeHint'),
			trueScale: (size) => t('xr.trueScale', { size }),
		}),
		[artefacts, language, t],
	);
}

/** The scans that are ready; the same map as long as they are the same, so that the room is not built anew for a word. */
function useReadyAssets({ exhibit, artefacts }: ExhibitStageProps) {
	const ready = readyAssets(exhibit, artefacts);
	const key = [...ready].map(([id, asset]) => `${id} ${asset.manifestUrl}`).join('\n');
	const kept = useRef({ key, ready });
	if (kept.current.key !== key) kept.current = { key, ready };
	return kept.current.ready;
}

/** Writes the room's signs and its name for those who cannot see it; again when the language changes. */
function useSigns(world: ExhibitWorld | undefined, props: ExhibitStageProps): void {
	const { exhibit, artefacts, language } = props;
	const { t } = useTranslation('stage');
	useEffect(() => {
		if (world === undefined) return;
		const name = pickText(exhibit.name, language).text;
		const label = `${t('exhibit.label', { name })} ${t('exhibit.help')}`;
		world.canvas.setAttribute('aria-label', label);
		// Signs need fonts, which come after the first model.
		void firstPixel.then(() =>
			world.room.write(roomWords(artefacts, language, t('exhibit.sample'))),
		);
	}, [world, exhibit, artefacts, language, t]);
}

interface HeadsetSelection {
	words: XrWords;
	selected: RoomPiece | undefined;
	onClose: () => void;
}

/** The room with a headset's world around it. */
function wrapForHeadset(
	world: ExhibitWorld,
	chunk: XrChunk,
	selection: HeadsetSelection,
	onPresenting: (isPresenting: boolean) => void,
) {
	return (nodes: RoomNodes) => (
		<chunk.XrWorld
			store={chunk.store}
			nodes={nodes}
			room={world.room}
			walker={world.walker}
			onPresenting={onPresenting}
			{...selection}
		/>
	);
}

/** Entering VR or AR, and whether the device refused. */
function useEntering(chunk: XrChunk | undefined) {
	const [wasRefused, setWasRefused] = useState(false);
	const enter = (mode: 'vr' | 'ar') => {
		setWasRefused(false);
		const entering = mode === 'vr' ? chunk?.store.enterVR() : chunk?.store.enterAR();
		entering?.catch(() => setWasRefused(true));
	};
	return { enter, wasRefused };
}

/** A walkable room: drag to look, tap the floor to walk, tap a piece to walk up to it; VR and AR where there is a headset. Fills its parent's box. */
export function ExhibitStage(props: ExhibitStageProps) {
	const { exhibit, onSelectPiece, ref } = props;
	const { t } = useTranslation('stage');
	const host = useRef<HTMLDivElement>(null);
	const [isSeen, setIsSeen] = useState(false);
	const [hasMoved, setHasMoved] = useState(false);
	const [selected, setSelected] = useState<RoomPiece>();
	const [isPresenting, setIsPresenting] = useState(false);
	const assets = useReadyAssets(props);
	const grab = useCallback(() => setHasMoved(true), []);
	const { support, chunk, isSettled } = useXrChunk();
	const { world, hasWebgl } = useExhibitRoot(host, exhibit, assets, grab, isSettled);
	const { enter, wasRefused } = useEntering(chunk);
	const words = useXrWords(props);
	useSigns(world, props);

	const approach = useCallback(
		(piece: RoomPiece) => {
			setHasMoved(true);
			setSelected(piece);
			if (!isPresenting) world?.walker.standBefore(piece);
			onSelectPiece(piece.piece.id);
		},
		[world, isPresenting, onSelectPiece],
	);
	const focusPiece = useCallback(
		(pieceId: RecordId) => {
			const piece = world?.room.pieces.find((candidate) => candidate.piece.id === pieceId);
			if (piece !== undefined) approach(piece);
		},
		[world, approach],
	);
	useImperativeHandle(ref, () => ({ focusPiece }), [focusPiece]);

	useEffect(() => {
		if (world === undefined) return;
		const headset = { words, selected, onClose: () => setSelected(undefined) };
		const wrap = chunk && wrapForHeadset(world, chunk, headset, setIsPresenting);
		const onFrame = () => {
			setIsSeen(true);
			const { pieces } = world.room;
			if (pieces.some(({ shown }) => shown) || pieces.every(({ tiers }) => !tiers[0]))
				tellFirstPixel();
		};
		world.root.render(<RoomScene world={world} onPiece={approach} onFrame={onFrame} wrap={wrap} />);
	}, [world, approach, chunk, words, selected]);

	return (
		<div ref={host} className="stage stage-room" data-seen={isSeen} data-presenting={isPresenting}>
			{!hasWebgl && <p className="stage-notice">{t('problem.noWebgl')}</p>}
			{hasWebgl && !isSeen && <p className="stage-opening">{t('exhibit.opening')}</p>}
			{isSeen && !hasMoved && <p className="stage-hint">{t('exhibit.hint')}</p>}
			{hasWebgl && support !== undefined && (
				<XrEntry
					support={support}
					isReady={chunk !== undefined && isSeen}
					wasRefused={wasRefused}
					onEnter={enter}
				/>
			)}
		</div>
	);
}

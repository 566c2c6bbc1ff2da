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
import { pieceWords, roomWords } from './exhibit-words.ts';
import type { ExhibitWorld } from './exhibit-world.ts';
import { StageNotice } from './StageNotice.tsx';
import { type ExhibitWorldBinding, useExhibitWorld } from './use-exhibit-world.ts';
import { usePieceAssets } from './use-piece-assets.ts';
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
			stage={world.stage}
			room={world.room}
			walker={world.walker}
			onPresenting={onPresenting}
			{...selection}
		/>
	);
}

/** What can be seen of a room. */
interface RoomView {
	isSeen: boolean;
	/** How many pieces are seen, whatever their tier. */
	shown: number;
	/** Some could not be had. */
	lacksPieces: boolean;
}

/** Renders the room into its own root, and tells what of it can be seen. */
function useRoomRoot(
	{ world, furnished }: ExhibitWorldBinding,
	onPiece: (piece: RoomPiece) => void,
	chunk: XrChunk | undefined,
	headset: HeadsetSelection,
	onPresenting: (isPresenting: boolean) => void,
): RoomView {
	const [view, setView] = useState<RoomView>({ isSeen: false, shown: 0, lacksPieces: false });
	useEffect(() => {
		if (world === undefined) return;
		let last: RoomView | undefined;
		// Runs with every frame: React hears of it only when something has changed.
		const onFrame = () => {
			const { shown, lacking } = world.room.countPieces();
			const lacksPieces = lacking > 0;
			if (last?.shown === shown && last.lacksPieces === lacksPieces) return;
			if (shown > 0 || !world.room.pieces.some((piece) => piece.hasScan)) tellFirstPixel();
			last = { isSeen: true, shown, lacksPieces };
			setView(last);
		};
		const wrap = chunk && wrapForHeadset(world, chunk, headset, onPresenting);
		world.root.render(<RoomScene {...{ world, furnished, onPiece, onFrame, wrap }} />);
	}, [world, furnished, onPiece, chunk, headset, onPresenting]);
	return view;
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

/** What is in the way of the room or of some of its pieces, with the way forward. */
function RoomNotice(props: { binding: ExhibitWorldBinding; lacksPieces: boolean }) {
	const { world, hasWebgl, context, reopen } = props.binding;
	if (!hasWebgl) return <StageNotice problem="noWebgl" onRetry={reopen} />;
	if (context === 'lost') return <StageNotice problem="contextLost" onRetry={undefined} />;
	if (context === 'gone') return <StageNotice problem="contextGone" onRetry={reopen} />;
	if (!props.lacksPieces) return null;
	return <StageNotice problem="pieces" onRetry={() => world?.stage.retry()} />;
}

/** A walkable room: drag to look, tap the floor to walk, tap a piece to walk up to it; VR and AR where there is a headset. Fills its parent's box. */
export function ExhibitStage(props: ExhibitStageProps) {
	const { exhibit, onSelectPiece, ref } = props;
	const { t } = useTranslation('stage');
	const host = useRef<HTMLDivElement>(null);
	const [hasMoved, setHasMoved] = useState(false);
	const [selected, setSelected] = useState<RoomPiece>();
	const [isPresenting, setIsPresenting] = useState(false);
	const assets = usePieceAssets(exhibit, props.artefacts);
	const grab = useCallback(() => setHasMoved(true), []);
	const { support, chunk, isSettled } = useXrChunk();
	const binding = useExhibitWorld(host, { exhibit, assets, onGrab: grab, isSettled });
	const { world, hasWebgl } = binding;
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

	const headset = useMemo(
		() => ({ words, selected, onClose: () => setSelected(undefined) }),
		[words, selected],
	);
	const { isSeen, shown, lacksPieces } = useRoomRoot(
		binding,
		approach,
		chunk,
		headset,
		setIsPresenting,
	);

	return (
		<div
			ref={host}
			className="stage stage-room"
			data-seen={isSeen}
			data-shown={shown}
			data-presenting={isPresenting}
		>
			<RoomNotice binding={binding} lacksPieces={lacksPieces} />
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

import { useTranslation } from 'react-i18next';
import type { PieceTools } from '../engine/tools/piece-tools.ts';
import { CopyLinkTool } from './CopyLinkTool.tsx';
import { StageTool } from './StageTool.tsx';
import { UndoTool } from './UndoTool.tsx';
import type { FullScreen } from './use-full-screen.ts';

interface PieceToolbarProps {
	viewer: PieceViewer;
	lamp: LampState;
	onLamp: (lamp: LampState) => void;
	/** Undo, and the link to this view, are there with them. */
	tools?: PieceTools;
	fullScreen: FullScreen;
}

const ZOOM_STEP = 1.35;
const LAMP_REACH_DEG = 72;
const DEGREE = Math.PI / 180;

/** The tools over a piece: lamp, zoom, reset, undo, link, full screen. Every one is also on the keyboard. */
export function PieceToolbar({ viewer, lamp, onLamp, tools, fullScreen }: PieceToolbarProps) {
	const { t } = useTranslation('stage');
	const fullScreenLabel = fullScreen.isOn ? 'leaveFullScreen' : 'fullScreen';
	return (
		<div className="stage-tools" role="toolbar" aria-label={t('piece.tools')}>
			{lamp.isOn && (
				<input
					type="range"
					className="stage-lamp"
					aria-label={t('piece.lampAngle')}
					min={-LAMP_REACH_DEG}
					max={LAMP_REACH_DEG}
					step={2}
					value={Math.round(lamp.yawRad / DEGREE)}
					onChange={(event) => onLamp({ ...lamp, yawRad: event.target.valueAsNumber * DEGREE })}
				/>
			)}
			<StageTool
				icon="lamp"
				label={t('piece.lamp')}
				isPressed={lamp.isOn}
				onPress={() => onLamp({ ...lamp, isOn: !lamp.isOn })}
			/>
			<StageTool
				icon="zoomOut"
				label={t('piece.zoomOut')}
				onPress={() => viewer.zoomBy(1 / ZOOM_STEP)}
			/>
			<StageTool icon="zoomIn" label={t('piece.zoomIn')} onPress={() => viewer.zoomBy(ZOOM_STEP)} />
			<StageTool icon="reset" label={t('piece.reset')} onPress={() => viewer.reset()} />
			{tools !== undefined && (
				<>
					<UndoTool tools={tools} />
					<CopyLinkTool tools={tools} />
				</>
			)}
			{fullScreen.isPossible && (
				<StageTool
					icon={fullScreenLabel}
					label={t(`piece.${fullScreenLabel}`)}
					isPressed={fullScreen.isOn}
					onPress={fullScreen.toggle}
				/>
			)}
		</div>
	);
}

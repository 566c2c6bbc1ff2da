import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { LAMP_REACH_RAD } from '../engine/tools/lamp-tool.ts';
import type { PieceTools } from '../engine/tools/piece-tools.ts';
import { CopyLinkTool } from './CopyLinkTool.tsx';
import { StageTool } from './StageTool.tsx';
import { UndoTool } from './UndoTool.tsx';
import type { FullScreen } from './use-full-screen.ts';

interface PieceToolbarProps {
	tools: PieceTools;
	fullScreen: FullScreen;
}

const ZOOM_STEP = 1.35;
const DEGREE = Math.PI / 180;
const LAMP_REACH_DEG = Math.round(LAMP_REACH_RAD / DEGREE);

/** The tools over a piece: lamp, zoom, reset, undo, link, full screen. Every one is also on the keyboard. */
export function PieceToolbar({ tools, fullScreen }: PieceToolbarProps) {
	const { t } = useTranslation('stage');
	const lamp = useSyncExternalStore(tools.toolbox.subscribe, () => tools.lamp.state);
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
					onChange={({ target }) =>
						tools.lamp.move({ ...lamp, yawRad: target.valueAsNumber * DEGREE })
					}
				/>
			)}
			<StageTool
				icon="lamp"
				label={t('piece.lamp')}
				isPressed={lamp.isOn}
				onPress={() => tools.lamp.set({ ...lamp, isOn: !lamp.isOn })}
			/>
			<StageTool
				icon="zoomOut"
				label={t('piece.zoomOut')}
				onPress={() => tools.zoomBy(1 / ZOOM_STEP)}
			/>
			<StageTool icon="zoomIn" label={t('piece.zoomIn')} onPress={() => tools.zoomBy(ZOOM_STEP)} />
			<StageTool icon="reset" label={t('piece.reset')} onPress={() => tools.reset()} />
			<UndoTool tools={tools} />
			<CopyLinkTool tools={tools} />
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

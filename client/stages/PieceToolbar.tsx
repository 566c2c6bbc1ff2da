import { useTranslation } from 'react-i18next';
import type { LampState } from '../engine/light/light-rig.ts';
import type { PieceViewer } from '../engine/piece-viewer.ts';
import { StageIcon, type StageIconName } from './StageIcon.tsx';
import type { FullScreen } from './use-full-screen.ts';

interface ToolProps {
	icon: StageIconName;
	label: string;
	isPressed?: boolean;
	onPress: () => void;
}

function Tool({ icon, label, isPressed, onPress }: ToolProps) {
	return (
		<button
			type="button"
			className="stage-tool"
			aria-label={label}
			title={label}
			aria-pressed={isPressed}
			onClick={onPress}
		>
			<StageIcon name={icon} />
		</button>
	);
}

interface PieceToolbarProps {
	viewer: PieceViewer;
	lamp: LampState;
	onLamp: (lamp: LampState) => void;
	fullScreen: FullScreen;
}

const ZOOM_STEP = 1.35;
const LAMP_REACH_DEG = 72;
const DEGREE = Math.PI / 180;

/** The tools over a piece: reset, zoom, lamp, full screen. Every one is also on the keyboard. */
export function PieceToolbar({ viewer, lamp, onLamp, fullScreen }: PieceToolbarProps) {
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
			<Tool
				icon="lamp"
				label={t('piece.lamp')}
				isPressed={lamp.isOn}
				onPress={() => onLamp({ ...lamp, isOn: !lamp.isOn })}
			/>
			<Tool
				icon="zoomOut"
				label={t('piece.zoomOut')}
				onPress={() => viewer.zoomBy(1 / ZOOM_STEP)}
			/>
			<Tool icon="zoomIn" label={t('piece.zoomIn')} onPress={() => viewer.zoomBy(ZOOM_STEP)} />
			<Tool icon="reset" label={t('piece.reset')} onPress={() => viewer.reset()} />
			{fullScreen.isPossible && (
				<Tool
					icon={fullScreenLabel}
					label={t(`piece.${fullScreenLabel}`)}
					isPressed={fullScreen.isOn}
					onPress={fullScreen.toggle}
				/>
			)}
		</div>
	);
}

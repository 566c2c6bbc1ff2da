import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { PieceTools } from '../engine/tools/piece-tools.ts';
import { StageTool } from './StageTool.tsx';

/** Takes back the last thing done to the piece. */
export function UndoTool({ tools }: { tools: PieceTools }) {
	const { t } = useTranslation('stage');
	const { toolbox } = tools;
	const { canUndo } = useSyncExternalStore(toolbox.subscribe, () => toolbox.state);
	return (
		<StageTool
			icon="undo"
			label={t('piece.undo')}
			keys="Control+Z Meta+Z"
			isIdle={!canUndo}
			onPress={() => tools.undo()}
		/>
	);
}

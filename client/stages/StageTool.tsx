import { StageIcon, type StageIconName } from './StageIcon.tsx';

interface StageToolProps {
	icon: StageIconName;
	label: string;
	isPressed?: boolean;
	/** Nothing to do just now. It keeps the focus, so that a keyboard does not lose its place. */
	isIdle?: boolean;
	/** As `aria-keyshortcuts` writes it. */
	keys?: string;
	onPress: () => void;
}

/** One round button over a stage. */
export function StageTool({ icon, label, isPressed, isIdle, keys, onPress }: StageToolProps) {
	return (
		<button
			type="button"
			className="stage-tool"
			aria-label={label}
			title={label}
			aria-pressed={isPressed}
			aria-disabled={isIdle}
			aria-keyshortcuts={keys}
			onClick={isIdle === true ? undefined : onPress}
		>
			<StageIcon name={icon} />
		</button>
	);
}

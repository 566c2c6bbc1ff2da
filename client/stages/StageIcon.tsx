/** Line icons on a 24 px grid, drawn with the text's own colour. */
const PATHS = {
	reset: 'M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5',
	undo: 'M9 5 4.5 9.5 9 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3',
	link: 'M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-5.7 0l-3.2 3.2a4 4 0 0 0 5.7 5.7l1.5-1.5',
	done: 'M5 12.5 10 17.5 19.5 7.5',
	zoomIn: 'M12 5v14M5 12h14',
	zoomOut: 'M5 12h14',
	lamp: 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.6 10.8c.6.5 1 1.2 1 2h5.2c0-.8.4-1.5 1-2A6 6 0 0 0 12 3z',
	fullScreen: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
	leaveFullScreen: 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5',
	headset:
		'M3 9.5A2.5 2.5 0 0 1 5.5 7h13A2.5 2.5 0 0 1 21 9.5v5a2.5 2.5 0 0 1-2.5 2.5h-3l-2-2.5h-3L8.500 17h-3A2.500 2.500 0 0 1 3 14.500z',
	cube: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
} as const;

export type StageIconName = keyof typeof PATHS;

/** A decorative icon: the control that carries it has the name. */
export function StageIcon({ name }: { name: StageIconName }) {
	return (
		<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
			<path
				d={PATHS[name]}
				fill="none"
				stroke="currentColor"
				strokeWidth="1.6"
				strokeLinecap="round"
				strokeLinejoin="round"
			/>
		</svg>
	);
}

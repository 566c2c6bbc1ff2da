import { type RefObject, useEffect, useState } from 'react';

/** Full screen of one element. Not possible on iPhones, where the tool is left out. */
export interface FullScreen {
	isPossible: boolean;
	isOn: boolean;
	toggle: () => void;
}

/** Follows and toggles full screen of `element`; a refusal by the browser leaves things as they are. */
export function useFullScreen(element: RefObject<HTMLElement | null>): FullScreen {
	const [isOn, setIsOn] = useState(false);
	useEffect(() => {
		const follow = () => setIsOn(document.fullscreenElement === element.current);
		document.addEventListener('fullscreenchange', follow);
		return () => document.removeEventListener('fullscreenchange', follow);
	}, [element]);
	const toggle = () => {
		const change = isOn ? document.exitFullscreen() : element.current?.requestFullscreen();
		change?.catch(() => setIsOn(document.fullscreenElement === element.current));
	};
	return { isPossible: document.fullscreenEnabled === true, isOn, toggle };
}

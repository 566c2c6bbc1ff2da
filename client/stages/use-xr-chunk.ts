import type { XRStore } from '@react-three/xr';
import { useEffect, useState } from 'react';
import { useXrSupport, type XrSupport } from '../xr/core/use-xr-support.ts';

/** The headset's code, once it is here. */
export interface XrChunk {
	store: XRStore;
	XrWorld: typeof import('../xr/XrWorld.tsx').XrWorld;
}

interface XrChunkState {
	support: XrSupport | undefined;
	chunk: XrChunk | undefined;
	/** The emulator of test builds is in place, or there is none: renderers may be made. */
	isSettled: boolean;
}

/** Fetches the headset's code where there is a headset, and only there: entering must follow the press at once. */
export function useXrChunk(): XrChunkState {
	const [isSettled, setIsSettled] = useState(!__XR_EMULATOR__);
	const [chunk, setChunk] = useState<XrChunk>();
	const support = useXrSupport(isSettled);

	useEffect(() => {
		if (!__XR_EMULATOR__) return;
		void import('../xr/core/emulator.ts').then(async ({ installEmulator }) => {
			await installEmulator();
			setIsSettled(true);
		});
	}, []);

	const isWanted = support?.vr === true || support?.ar === true;
	useEffect(() => {
		if (!isWanted) return;
		let store: XRStore | undefined;
		let isCurrent = true;
		void Promise.all([import('../xr/core/xr-store.ts'), import('../xr/XrWorld.tsx')]).then(
			([{ createExhibitXrStore }, { XrWorld }]) => {
				if (!isCurrent) return;
				store = createExhibitXrStore();
				setChunk({ store, XrWorld });
			},
		);
		return () => {
			isCurrent = false;
			setChunk(undefined);
			store?.destroy();
		};
	}, [isWanted]);

	return { support, chunk, isSettled };
}

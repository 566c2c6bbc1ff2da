import { useEffect, useState } from 'react';

/** What this device can enter. `reason` is a key of the stage's texts when it can enter nothing. */
export interface XrSupport {
	vr: boolean;
	ar: boolean;
	reason: 'insecure' | 'noDevice' | undefined;
}

async function can(mode: XRSessionMode): Promise<boolean> {
	try {
		return (await navigator.xr?.isSessionSupported(mode)) ?? false;
	} catch {
		return false;
	}
}

async function findSupport(): Promise<XrSupport> {
	if (!globalThis.isSecureContext) return { vr: false, ar: false, reason: 'insecure' };
	const [vr, ar] = await Promise.all([can('immersive-vr'), can('immersive-ar')]);
	return { vr, ar, reason: vr || ar ? undefined : 'noDevice' };
}

/** Asks the browser once, and again when a headset is plugged in. Undefined until it has answered. */
export function useXrSupport(isEmulatorReady: boolean): XrSupport | undefined {
	const [support, setSupport] = useState<XrSupport>();
	useEffect(() => {
		if (!isEmulatorReady) return;
		let isCurrent = true;
		const ask = () => {
			void findSupport().then((found) => isCurrent && setSupport(found));
		};
		ask();
		navigator.xr?.addEventListener('devicechange', ask);
		return () => {
			isCurrent = false;
			navigator.xr?.removeEventListener('devicechange', ask);
		};
	}, [isEmulatorReady]);
	return support;
}

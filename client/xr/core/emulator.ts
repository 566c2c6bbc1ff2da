import { SyntheticEnvironmentModule } from '@iwer/sem';
import { metaQuest3, XRDevice } from 'iwer';

/**
 * Puts an emulated Quest 3 under `navigator.xr`, for tests: imported only where `__XR_EMULATOR__`.
 * `forceInstall`, because Chromium has an `xr` of its own, without a device behind it. Call it
 * before a renderer is made. The page's tests drive it as `globalThis.__xr`.
 */
export async function installEmulator(): Promise<void> {
	if (Reflect.has(globalThis, '__xr')) return;
	const device = new XRDevice(metaQuest3, { stereoEnabled: false });
	device.installRuntime({ forceInstall: true });
	device.ipd = 0;
	Reflect.set(globalThis, '__xr', device);
	if (!new URLSearchParams(location.search).has('xr-room')) return;
	// The two packages disagree about the module's declared type, not about the module.
	Reflect.apply(device.installSEM, device, [SyntheticEnvironmentModule]);
	await device.sem?.loadDefaultEnvironment('office_small');
}

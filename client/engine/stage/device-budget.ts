import type { Profile } from '#schema/asset/asset-manifest';
import { ownProfile } from './device-profile.ts';

/** What a stage, or a piece of it, may take of the graphics memory and of the frame. */
export interface TierLimits {
	gpuBytes: number;
	triangles: number;
}

/** What a stage may hold, and the class of the machine it stands on. */
export interface StageBudget extends TierLimits {
	profile: Profile;
}

const MIB = 1_048_576;

/** What one device's stage may hold on the graphics card, by how much memory the device says it has. */
export function stageLimits(deviceMemoryGb: number | undefined): TierLimits {
	if (deviceMemoryGb !== undefined && deviceMemoryGb <= 2) {
		return { gpuBytes: 96 * MIB, triangles: 300_000 };
	}
	if (deviceMemoryGb !== undefined && deviceMemoryGb <= 4) {
		return { gpuBytes: 192 * MIB, triangles: 800_000 };
	}
	return { gpuBytes: 384 * MIB, triangles: 2_000_000 };
}

/** What a stage of this page may hold on this machine. */
export function ownBudget(): StageBudget {
	return { ...stageLimits(deviceMemoryGb()), profile: ownProfile() };
}

/** Reads how much memory the device says it has, where it says so (Chromium). */
function deviceMemoryGb(): number | undefined {
	const value: unknown = Reflect.get(navigator, 'deviceMemory');
	return typeof value === 'number' ? value : undefined;
}

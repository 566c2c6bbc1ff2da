import type { TierLimits } from './tier-choice.ts';

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

/** Reads how much memory the device says it has, where it says so (Chromium). */
export function deviceMemoryGb(): number | undefined {
	const value: unknown = Reflect.get(navigator, 'deviceMemory');
	return typeof value === 'number' ? value : undefined;
}

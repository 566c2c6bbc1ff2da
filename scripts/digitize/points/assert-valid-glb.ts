import { validateBytes } from 'gltf-validator';
import type { PointsGlb } from './points-glb.ts';

/**
 * Proves a file of points: the Khronos validator finds no error in it, nor in the same content without
 * compression, which it cannot see through. A failure is our fault, so it throws a plain error.
 */
export async function assertValidGlb(tier: string, { glb, plainGlb }: PointsGlb): Promise<void> {
	for (const bytes of [glb, plainGlb()]) {
		const options = { format: 'glb', writeTimestamp: false, maxIssues: 20 } as const;
		const { issues } = await validateBytes(bytes, options);
		if (issues.numErrors === 0) continue;
		const first = issues.messages.find(({ severity }) => severity === 0);
		throw new Error(
			`points: ${tier} is no valid glTF (${first?.code}: ${first?.message}) — a bug in the writer`,
		);
	}
}

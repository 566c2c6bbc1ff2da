import { validateBytes } from 'gltf-validator';

/**
 * Proves the uncompressed form of a tile with the Khronos validator. A failure is our fault, so it
 * throws a plain error.
 */
export async function assertValidTile(file: string, glb: Uint8Array): Promise<void> {
	const options = { format: 'glb', writeTimestamp: false, maxIssues: 20 } as const;
	const { issues } = await validateBytes(glb, options);
	if (issues.numErrors === 0) return;
	const first = issues.messages.find((message) => message.severity === 0);
	throw new Error(
		`tile: ${file} is no valid glTF (${first?.code}: ${first?.message} at ${first?.pointer}) — a bug in the writer`,
	);
}

import type { SourceFile } from './intake/source-file.ts';

/** What every manifest says of the file it was made from. */
export function manifestSource({ name, sizeBytes, sha256 }: SourceFile) {
	return { name, bytes: sizeBytes, sha256 };
}

/** What can be wrong with a finished folder or a bag. Stable: programs may key by it. */
export type ProblemCode =
	| 'manifest-missing'
	| 'manifest-invalid'
	| 'reference-outside'
	| 'file-missing'
	| 'file-unknown'
	| 'size-wrong'
	| 'checksum-wrong'
	| 'brotli-wrong'
	| 'glb-invalid'
	| 'triangles-wrong'
	| 'picture-wrong'
	| 'declaration-wrong'
	| 'line-invalid'
	| 'payload-missing'
	| 'payload-unknown'
	| 'oxum-wrong'
	| 'tag-wrong';

/** One thing that is wrong, and with which file. */
export interface Problem {
	code: ProblemCode;
	/** Its path from the folder that was checked. */
	file: string;
	message: string;
}

/** What a check found. */
export interface Verdict {
	files: number;
	problems: Problem[];
}

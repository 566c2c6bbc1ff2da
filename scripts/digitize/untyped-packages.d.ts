/* Packages that ship no types: only what we call. */

declare module 'draco3dgltf' {
	/** Compiles the Draco decoder; what gltf-transform wants as `draco3d.decoder`. */
	export function createDecoderModule(): Promise<unknown>;
	/** Compiles the Draco encoder; tests make their inputs with it. */
	export function createEncoderModule(): Promise<unknown>;
}

declare module 'gltf-validator' {
	export interface ValidatorIssue {
		code: string;
		message: string;
		severity: 0 | 1 | 2 | 3;
		pointer?: string;
	}
	export interface ValidatorReport {
		issues: { numErrors: number; numWarnings: number; messages: ValidatorIssue[] };
		info?: { totalTriangleCount?: number; totalVertexCount?: number };
	}
	export function validateBytes(
		bytes: Uint8Array,
		options?: { format?: 'glb'; writeTimestamp?: boolean; maxIssues?: number },
	): Promise<ValidatorReport>;
}

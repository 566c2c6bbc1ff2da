import type { Group } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { TierFile } from '#schema/asset/asset-manifest';
import { disposeObject } from '../stage/dispose-object.ts';
import { FetchError, type FetchFault, fetchFile } from '../stage/fetch-file.ts';
import type { PartialFiles } from '../stage/partial-files.ts';
import { freeAfterUpload } from './free-after-upload.ts';

/** A parsed tier. Whoever holds it disposes it. */
export interface LoadedTier {
	file: TierFile;
	/** In the piece's own frame: metres, +Y up. */
	root: Group;
	dispose(): void;
}

export interface LoadTierOptions {
	/** The address the manifest was read from, absolute. */
	baseUrl: string;
	signal: AbortSignal;
	/** Told the share of the bytes that has arrived, 0 to 1. */
	onProgress?: (share: number) => void;
	/** Where transfers that were broken off are kept. */
	partials?: PartialFiles;
}

/** Why a tier could not be had. `unreadable`: its bytes are no model. */
type TierFault = FetchFault | 'unreadable';

/** A tier that could not be had. */
export class TierError extends Error {
	override readonly name = 'TierError';
	readonly reason: TierFault;
	/** Not to be tried again before this has passed, milliseconds. */
	readonly retryAfterMs: number | undefined;

	constructor(reason: TierFault, message: string, retryAfterMs?: number) {
		super(message);
		this.reason = reason;
		this.retryAfterMs = retryAfterMs;
	}
}

/** Decoding smaller files in a worker costs more than it saves. */
const WORKER_FROM_BYTES = 262_144;
let hasWorkers = false;
const { useWorkers: startDecoders } = MeshoptDecoder;

function prepareDecoder(bytes: number): void {
	if (hasWorkers || bytes < WORKER_FROM_BYTES || typeof Worker === 'undefined') return;
	startDecoders(1);
	hasWorkers = true;
}

async function fetchBytes(file: TierFile, options: LoadTierOptions): Promise<ArrayBuffer> {
	const { baseUrl, signal, onProgress, partials } = options;
	const url = new URL(file.file, baseUrl).href;
	try {
		return await fetchFile({ url, sizeBytes: file.bytes, signal, onProgress, partials });
	} catch (error) {
		if (!(error instanceof FetchError)) throw error;
		throw new TierError(error.reason, `load tier: ${error.message}`, error.retryAfterMs);
	}
}

/**
 * Fetches one tier of an asset and parses it (GLB, meshopt). Throws `TierError`, or the signal's
 * reason when it was aborted. Decoding of larger files runs in a worker.
 */
export async function loadTier(file: TierFile, options: LoadTierOptions): Promise<LoadedTier> {
	const buffer = await fetchBytes(file, options);
	prepareDecoder(file.bytes);
	const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder);
	const gltf = await loader.parseAsync(buffer, '').catch((error: unknown) => {
		throw new TierError('unreadable', `load tier: ${file.file}: ${String(error)}`);
	});
	if (options.signal.aborted) {
		disposeObject(gltf.scene);
		options.signal.throwIfAborted();
	}
	freeAfterUpload(gltf.scene);
	return { file, root: gltf.scene, dispose: () => disposeObject(gltf.scene) };
}

import type { Group } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { TierFile } from '#schema/asset/asset-manifest';
import { disposeObject } from '../stage/dispose-object.ts';
import { fetchFile } from '../stage/fetch-file.ts';
import { LoadError } from '../stage/load-error.ts';
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
	/** Where what has arrived is kept when a transfer ends early; one for all pieces of a stage. */
	partials?: PartialFiles;
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

/**
 * Fetches one tier of an asset and parses it (GLB, meshopt). Throws `LoadError`, or the signal's
 * reason when it was aborted. Decoding of larger files runs in a worker.
 */
export async function loadTier(file: TierFile, options: LoadTierOptions): Promise<LoadedTier> {
	const { signal, onProgress, partials } = options;
	const url = new URL(file.file, options.baseUrl).href;
	const buffer = await fetchFile({ url, sizeBytes: file.bytes, signal, onProgress, partials });
	prepareDecoder(file.bytes);
	const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder);
	const gltf = await loader.parseAsync(buffer, '').catch((error: unknown) => {
		throw new LoadError('unreadable', `load tier: ${file.file}: ${String(error)}`);
	});
	if (signal.aborted) {
		disposeObject(gltf.scene);
		signal.throwIfAborted();
	}
	freeAfterUpload(gltf.scene);
	return { file, root: gltf.scene, dispose: () => disposeObject(gltf.scene) };
}

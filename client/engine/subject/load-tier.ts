import type { Group } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { TierFile } from '#schema/asset/asset-manifest';
import { disposeObject } from '../stage/dispose-object.ts';
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
}

/** `missing`: the store does not have it. `cut`: its bytes were too few or too many. */
type TierFault = 'missing' | 'network' | 'cut' | 'unreadable';

/** Why a tier could not be had. */
export class TierError extends Error {
	override readonly name = 'TierError';
	readonly reason: TierFault;

	constructor(reason: TierFault, message: string) {
		super(message);
		this.reason = reason;
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

/** Reads the body into one buffer of the promised size, so that a cut connection is known as such. */
async function readBody(
	response: Response,
	file: TierFile,
	options: LoadTierOptions,
): Promise<ArrayBuffer> {
	if (response.body === null) throw new TierError('cut', `load tier: ${file.file} came empty`);
	const bytes = new Uint8Array(file.bytes);
	const reader = response.body.getReader();
	let received = 0;
	for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
		if (received + chunk.value.byteLength > file.bytes) {
			await reader.cancel();
			throw new TierError('cut', `load tier: ${file.file} is longer than ${file.bytes} bytes`);
		}
		bytes.set(chunk.value, received);
		received += chunk.value.byteLength;
		options.onProgress?.(received / file.bytes);
	}
	if (received < file.bytes) {
		throw new TierError(
			'cut',
			`load tier: ${file.file} ended at ${received} of ${file.bytes} bytes`,
		);
	}
	return bytes.buffer;
}

async function fetchBytes(file: TierFile, options: LoadTierOptions): Promise<ArrayBuffer> {
	const response = await fetch(new URL(file.file, options.baseUrl), { signal: options.signal });
	if (response.status === 404 || response.status === 410) {
		throw new TierError('missing', `load tier: ${file.file} is not there (${response.status})`);
	}
	if (!response.ok) throw new TierError('network', `load tier: ${file.file}: ${response.status}`);
	return readBody(response, file, options);
}

/**
 * Fetches one tier of an asset and parses it (GLB, meshopt). Throws `TierError`, or the signal's
 * reason when it was aborted. Decoding of larger files runs in a worker.
 */
export async function loadTier(file: TierFile, options: LoadTierOptions): Promise<LoadedTier> {
	const buffer = await fetchBytes(file, options).catch((error: unknown) => {
		options.signal.throwIfAborted();
		if (error instanceof TierError) throw error;
		throw new TierError('network', `load tier: ${file.file}: ${String(error)}`);
	});
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

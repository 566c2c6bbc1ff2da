import {
	CompressedCubeTexture,
	type CompressedTextureImageData,
	HalfFloatType,
	RGBAFormat,
	type Texture,
} from 'three';
import probeUrl from '../../../assets/env/gallery-probe.bin?url';
import { darkProbe, PROBE_FACE_PX, type ProbeMip, unpackProbe } from './probe-file.ts';

/** A face as three takes it. */
type ProbeFace = CompressedTextureImageData;

/** What every stage of this page mirrors, fetched and unpacked once. */
let shared: Promise<ProbeMip[][]> | undefined;

async function fetchProbe(): Promise<ProbeMip[][]> {
	const response = await fetch(probeUrl);
	if (!response.ok) throw new Error(`load light probe: ${response.status}`);
	return unpackProbe(new Uint8Array(await response.arrayBuffer()));
}

/** The shared light, or nothing when it could not be had; the next call tries again. */
async function sharedProbe(): Promise<ProbeMip[][] | undefined> {
	shared ??= fetchProbe();
	try {
		return await shared;
	} catch {
		shared = undefined;
		return undefined;
	}
}

/**
 * A cube map that three takes for one its own PMREMGenerator has filtered. It goes the way of cube maps
 * out of KTX2 files, the only one by which three uploads the given levels of a prefiltered map.
 */
function probeTexture(faces: readonly ProbeMip[][]): Texture<ProbeFace[]> {
	const texture: Texture<ProbeFace[]> = new CompressedCubeTexture(
		facesOf(faces),
		undefined,
		HalfFloatType,
	);
	texture.format = RGBAFormat;
	texture.isPMREMTexture = true;
	texture.needsUpdate = true;
	return texture;
}

function facesOf(faces: readonly ProbeMip[][]): ProbeFace[] {
	return faces.map((mipmaps) => ({ width: PROBE_FACE_PX, height: PROBE_FACE_PX, mipmaps }));
}

/**
 * The light of the gallery, filtered when the client was made: a `Scene.environment` that costs no
 * pass of its own. Nothing when it could not be had or `signal` was aborted; the caller tries again
 * later, and disposes what it got. The same texture serves again after a lost context.
 */
export async function loadLightProbe(signal: AbortSignal): Promise<Texture | undefined> {
	const faces = await sharedProbe();
	return faces === undefined || signal.aborted ? undefined : probeTexture(faces);
}

/** A probe that could not be had is asked for again after this. */
const AGAIN_MS = 30_000;

/**
 * The same at once: dark, until its light has come; `onLit` hears of that and asks for a frame. For scenes whose
 * programs are linked with an environment from the start. The caller disposes it, and aborts `signal`.
 */
export function makeLightProbe(signal: AbortSignal, onLit: () => void): Texture {
	const texture = probeTexture(darkProbe());
	const fill = async (): Promise<void> => {
		const faces = await sharedProbe();
		if (signal.aborted) return;
		if (faces === undefined) {
			setTimeout(() => void fill(), AGAIN_MS);
			return;
		}
		texture.image = facesOf(faces);
		texture.needsUpdate = true;
		onLit();
	};
	void fill();
	return texture;
}

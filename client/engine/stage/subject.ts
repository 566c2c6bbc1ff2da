import type { Box3, Camera, Object3D, Scene, WebGLRenderer } from 'three';
import type { Profile } from '#schema/asset/asset-manifest';
import type { TierLimits } from './device-budget.ts';
import type { LoadQueue } from './load-queue.ts';
import type { PartialFiles } from './partial-files.ts';

/** How a subject is seen now. */
export interface Sight {
	/** From the eye to the subject's near side, metres of the world. */
	distanceM: number;
	/** Device pixels that one of the subject's own metres covers at its near side. */
	pxPerM: number;
	/** The class of the machine that shows it. */
	profile: Profile;
}

/** What a subject would take of a stage. */
export interface Claim {
	/** What it takes at the least, or undefined when it has nothing to show. */
	least: TierLimits | undefined;
	/** What it would take if it were given so much. */
	take(limits: TierLimits): TierLimits;
	distanceM: number;
}

/** `waiting`: nothing to show yet and a retry is due. `failed`: it is only tried now and then, or when asked. */
export type SubjectPhase = 'idle' | 'loading' | 'waiting' | 'failed';

/**
 * Something a stage can show: a mesh ladder now; tiles, points, splats and pictures in the same way. It
 * loads what the stage grants it and nothing more, and knows how to start over after a lost context.
 */
export interface Subject {
	/** Stands in the scene; its frame is the subject's own: metres, +Y up. */
	readonly group: Object3D;
	/** In that frame, metres. */
	readonly bounds: Box3;
	readonly phase: SubjectPhase;
	/** Something of it can be seen. */
	readonly isShown: boolean;
	claim(sight: Sight): Claim;
	/** Says how it is seen now and what it may take. Cheap: called as the camera moves. */
	aim(sight: Sight, limits: TierLimits): void;
	/** Stops fetching, or goes on. */
	pause(isPaused: boolean): void;
	/** The graphics card lost everything: lets go of it, and fetches nothing until `restore`. */
	lose(): void;
	/** Makes itself again, from what it last showed. */
	restore(): void;
	/** Tries again at once what could not be loaded. */
	retry(): void;
	dispose(): void;
}

/** What a stage gives its subjects to work with. */
export interface SubjectHost {
	readonly renderer: WebGLRenderer;
	readonly scene: Scene;
	readonly camera: Camera;
	readonly queue: LoadQueue;
	/** Transfers that were broken off, to be gone on with. */
	readonly partials: PartialFiles;
	/** Asks for a frame: something that is drawn changed. */
	invalidate(): void;
	/** How much a subject counts on the screen now; more is sooner. */
	importanceOf(subject: Subject): number;
}

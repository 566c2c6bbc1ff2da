import {
	type Box3,
	Matrix4,
	type Object3D,
	type PerspectiveCamera,
	Scene,
	Vector3,
	type WebGLRenderer,
} from 'three';
import { allotLimits } from './allot-limits.ts';
import { type ContextState, ContextWatch } from './context-watch.ts';
import { ownBudget, type StageBudget } from './device-budget.ts';
import { forgetUploads } from './dispose-object.ts';
import { makeGalleryRenderer } from './gallery-renderer.ts';
import { LoadQueue } from './load-queue.ts';
import { PartialFiles } from './partial-files.ts';
import { drawnPixelRatio, watchPixelRatio } from './pixel-ratio.ts';
import { pxPerMetre } from './px-per-metre.ts';
import type { Sight, Subject, SubjectHost } from './subject.ts';

export interface StageOptions {
	/** Its field of view is read at each look. */
	camera: PerspectiveCamera;
	castsShadows: boolean;
	/** The context was lost, came back, or did not come back in time. */
	onContext(state: ContextState): void;
	/** The screen's pixel ratio changed and the renderer follows it: sizes must be set anew. */
	onPixelRatio(): void;
}

/** Things not seen yet count more than any that only get finer. */
const FIRST_LOOK = 1e9;
/** What stands behind the visitor counts a tenth. */
const BEHIND = 0.1;
/** The near side is never closer than this share of a subject's radius: the eye may stand inside it. */
const NEAREST_SHARE = 0.2;

/**
 * The one place where things are shown, on a page and in a headset alike: a renderer on a canvas, its
 * subjects, one budget and one load queue for all of them. It draws nothing by itself: whoever drives the
 * frames calls `look` with the camera of the frame. Throws `NoWebglError`. `dispose` releases all of it.
 */
export class Stage implements SubjectHost {
	readonly renderer: WebGLRenderer;
	readonly scene = new Scene();
	readonly camera: PerspectiveCamera;
	readonly queue = new LoadQueue();
	readonly partials = new PartialFiles();
	readonly #subjects = new Set<Subject>();
	readonly #context: ContextWatch;
	readonly #listeners = new AbortController();
	readonly #unwatch: () => void;
	#budget: StageBudget = ownBudget();
	#invalidate: () => void = () => {};
	#isStale = true;
	readonly #eyeAt = new Vector3();
	readonly #lookedFrom = new Vector3(Number.POSITIVE_INFINITY, 0, 0);
	readonly #ahead = new Vector3(0, 0, -1);
	#fovRad = 1;
	#heightPx = 1;
	readonly #centre = new Vector3();
	readonly #size = new Vector3();
	readonly #toParent = new Matrix4();

	constructor(canvas: HTMLCanvasElement, options: StageOptions) {
		this.camera = options.camera;
		this.renderer = makeGalleryRenderer(canvas, { castsShadows: options.castsShadows });
		this.#context = new ContextWatch(canvas, {
			onLost: () => {
				for (const subject of this.#subjects) subject.lose();
				forgetUploads(this.scene);
				options.onContext('lost');
			},
			onRestored: () => {
				this.#isStale = true;
				for (const subject of this.#subjects) subject.restore();
				options.onContext('held');
				this.invalidate();
			},
			onGone: () => options.onContext('gone'),
		});
		this.#unwatch = watchPixelRatio(() => {
			this.renderer.setPixelRatio(drawnPixelRatio());
			options.onPixelRatio();
			this.invalidate();
		});
		const { signal } = this.#listeners;
		document.addEventListener('visibilitychange', () => this.#followPage(), { signal });
		addEventListener('online', () => this.retry(), { signal });
	}

	get context(): ContextState {
		return this.#context.state;
	}

	get budget(): StageBudget {
		return this.#budget;
	}

	/** Names who draws: `invalidate` asks them for one frame. */
	drive(invalidate: () => void): void {
		this.#invalidate = invalidate;
		invalidate();
	}

	readonly invalidate = (): void => {
		this.#invalidate();
	};

	/** Takes a subject on. Where its group stands is the caller's matter; it loads once it stands in the scene. */
	add(subject: Subject): void {
		this.#subjects.add(subject);
		if (document.visibilityState !== 'visible') subject.pause(true);
		if (this.context !== 'held') subject.lose();
		this.lookAgain();
	}

	/** Lets a subject go and disposes it. */
	remove(subject: Subject): void {
		if (!this.#subjects.delete(subject)) return;
		subject.dispose();
		this.lookAgain();
	}

	/** Has the next `look` choose anew: something was moved, or came onto the scene. */
	lookAgain(): void {
		this.#isStale = true;
		this.invalidate();
	}

	/** Takes another budget, as when a headset is put on; without one, the machine's own. */
	limit(budget: StageBudget = ownBudget()): void {
		this.#budget = budget;
		this.lookAgain();
	}

	/**
	 * Chooses what each subject may show, for an eye in the frame that is being drawn; does nothing until
	 * the eye has moved `afterM` metres or something about the stage has changed. `camera`: its world matrix
	 * is read, as a headset sets it. `fovRad`, `heightPx`: its field and the height it is drawn at.
	 */
	look(camera: Object3D, fovRad: number, heightPx: number, afterM: number): void {
		this.#eyeAt.setFromMatrixPosition(camera.matrixWorld);
		this.#ahead.set(0, 0, -1).transformDirection(camera.matrixWorld);
		this.#isStale ||= fovRad !== this.#fovRad || heightPx !== this.#heightPx;
		if (!this.#isStale && this.#eyeAt.distanceTo(this.#lookedFrom) <= afterM) return;
		this.#isStale = false;
		this.#fovRad = fovRad;
		this.#heightPx = heightPx;
		this.#lookedFrom.copy(this.#eyeAt);
		const seen = [...this.#subjects].filter((subject) => this.#stands(subject));
		const sights = seen.map((subject) => this.#sightOf(subject));
		const claims = seen.map((subject, index) => subject.claim(sights[index] ?? NOWHERE));
		const limits = allotLimits(claims, this.#budget);
		for (const [index, subject] of seen.entries()) {
			const [sight, limit] = [sights[index], limits[index]];
			if (sight !== undefined && limit !== undefined) subject.aim(sight, limit);
		}
	}

	importanceOf(subject: Subject): number {
		const { distanceM, pxPerM } = this.#sightOf(subject);
		const sizePx = subject.bounds.getSize(this.#size).length() * pxPerM;
		const way = this.#centre.sub(this.#eyeAt);
		const isAhead = distanceM < 0.5 || way.dot(this.#ahead) > 0;
		const share = isAhead ? 1 : BEHIND;
		return sizePx * share * (subject.isShown ? 1 : FIRST_LOOK);
	}

	/** Tries again at once what could not be loaded. */
	retry(): void {
		for (const subject of this.#subjects) subject.retry();
	}

	/** Releases everything; a canvas that has left the page gives its context back at once. */
	dispose(): void {
		this.#listeners.abort();
		this.#unwatch();
		this.#context.dispose();
		this.#invalidate = () => {};
		for (const subject of this.#subjects) subject.dispose();
		this.#subjects.clear();
		this.partials.clear();
		this.renderer.dispose();
		// Browsers keep few contexts alive; a canvas that is still in the page will be drawn on again.
		if (!this.renderer.domElement.isConnected) this.renderer.forceContextLoss();
	}

	#followPage(): void {
		const isHidden = document.visibilityState !== 'visible';
		if (isHidden) this.queue.pause();
		else this.queue.resume();
		for (const subject of this.#subjects) subject.pause(isHidden);
	}

	#stands({ group }: Subject): boolean {
		let node: Object3D | null = group;
		while (node !== null && node !== this.scene) node = node.parent;
		return node !== null;
	}

	/** Leaves the subject's middle, in the world, in `#centre`. */
	#sightOf({ group, bounds }: { group: Object3D; bounds: Box3 }): Sight {
		group.updateWorldMatrix(true, false);
		const scale = this.#toParent.copy(group.matrixWorld).getMaxScaleOnAxis() || 1;
		const radiusM = (bounds.getSize(this.#size).length() / 2) * scale;
		bounds.getCenter(this.#centre).applyMatrix4(group.matrixWorld);
		const nearM = this.#eyeAt.distanceTo(this.#centre) - radiusM;
		const distanceM = Math.max(nearM, radiusM * NEAREST_SHARE);
		const pxPerM = pxPerMetre(distanceM, this.#fovRad, this.#heightPx) * scale;
		return { distanceM, pxPerM, profile: this.#budget.profile };
	}
}

const NOWHERE: Sight = { distanceM: Number.POSITIVE_INFINITY, pxPerM: 0, profile: 'desktop' };

import type { Page } from 'playwright-core';

type Point = [number, number, number];

/** Far more than anything here takes. */
const PATIENCE_FRAMES = 120;

/** What the page tells a test about its headset (`client/xr/XrWorld.tsx`, emulator builds only). */
export interface XrWindow {
	/** Both eyes together. */
	info: { frame: number; calls: number; triangles: number };
	isPresenting: boolean;
	/** Where the visitor's floor is in the room, metres. */
	rig: Point;
	head: Point;
	/** The piece whose panel is open. */
	selected: string | undefined;
	pieces: { id: string; centreM: Point; tier: string | undefined; isLoading: boolean }[];
	/** In AR: no surface yet, a surface in view, or the piece stands on it. */
	placing: 'seeking' | 'found' | 'placed' | undefined;
}

/** Drives the emulated headset of a page: its right hand, its frames, what it sees. */
export class XrPage {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/** Waits until the room stands and its headset can be entered, then presses the button. */
	async enter(mode: 'VR' | 'AR'): Promise<void> {
		const button = this.#page.getByRole('button', { name: mode });
		await button.waitFor();
		await this.#page.waitForFunction(
			(name) =>
				[...document.querySelectorAll('button')].some(
					(each) => each.textContent.includes(name) && !each.disabled,
				),
			mode,
		);
		await button.click();
		await this.#page.waitForFunction(
			() => Reflect.get(globalThis, '__xishanXr')?.isPresenting() === true,
		);
		await this.#page.evaluate(() => {
			Reflect.get(globalThis, '__xr').position.set(0, 1.6, 0);
		});
		await this.frames(2);
	}

	/** What the headset shows now. */
	see(): Promise<XrWindow> {
		return this.#page.evaluate(() => {
			const shown = Reflect.get(globalThis, '__xishanXr');
			const { frame, calls, triangles } = shown.info();
			return {
				info: { frame, calls, triangles },
				isPresenting: shown.isPresenting(),
				rig: shown.rig(),
				head: shown.head(),
				selected: shown.selected(),
				pieces: shown.pieces(),
				placing: shown.placing(),
			};
		});
	}

	/** Waits until `count` more frames have been drawn, however slowly. */
	async frames(count: number): Promise<void> {
		const { info } = await this.see();
		await this.#page.waitForFunction(
			(until) => Reflect.get(globalThis, '__xishanXr').info().frame >= until,
			info.frame + count,
			{ polling: 30 },
		);
	}

	/** Waits, frame by frame, until what the headset shows is as asked. Throws when it never is. */
	async until(isSo: (now: XrWindow) => boolean): Promise<void> {
		for (let frame = 0; frame < PATIENCE_FRAMES; frame++) {
			if (isSo(await this.see())) return;
			await this.frames(1);
		}
		throw new Error(`not so after ${PATIENCE_FRAMES} frames: ${JSON.stringify(await this.see())}`);
	}

	/** Waits until every piece has come as near as it will from here. */
	settle(): Promise<void> {
		return this.until(({ pieces }) =>
			pieces.every((piece) => piece.tier !== undefined && !piece.isLoading),
		);
	}

	/** Bends the head to the floor before the feet. */
	async lookDown(): Promise<void> {
		await this.#page.evaluate(() => {
			Reflect.get(globalThis, '__xr').quaternion.set(-0.38, 0, 0, 0.925);
		});
		await this.frames(2);
	}

	/** Points the right hand's ray at a place in the room. The rig must not have been turned. */
	async aim(at: Point): Promise<void> {
		const { rig } = await this.see();
		await this.#page.evaluate(
			({ target, floor }) => {
				const hand = Reflect.get(globalThis, '__xr').controllers.right;
				const from = [0.2, 1.3, -0.2];
				const way = target.map((value, axis) => value - (floor[axis] ?? 0) - (from[axis] ?? 0));
				const length = Math.hypot(...way);
				const [x = 0, y = 0, z = 0] = way.map((value) => value / length);
				// The shortest turn from −Z to the way: their cross product, and one plus their dot.
				const turn = [y, -x, 0, 1 - z];
				const norm = Math.hypot(...turn);
				hand.position.set(...from);
				hand.quaternion.set(...turn.map((value) => value / norm));
			},
			{ target: at, floor: rig },
		);
		await this.frames(3);
	}

	/** Pulls and lets go the right hand's trigger. */
	async press(): Promise<void> {
		await this.#trigger(1);
		await this.frames(3);
		await this.#trigger(0);
		await this.frames(3);
	}

	/** Takes the headset off. */
	async leave(): Promise<void> {
		await this.#page.evaluate(() => Reflect.get(globalThis, '__xr').activeSession?.end());
		await this.#page.waitForFunction(
			() => Reflect.get(globalThis, '__xishanXr').isPresenting() === false,
		);
	}

	async #trigger(value: 0 | 1): Promise<void> {
		await this.#page.evaluate(
			(pull) =>
				Reflect.get(globalThis, '__xr').controllers.right.updateButtonValue('trigger', pull),
			value,
		);
	}
}

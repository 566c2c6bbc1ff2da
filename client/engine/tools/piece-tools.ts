import type { Pose } from '../camera/pose.ts';
import type { LampState } from '../light/light-rig.ts';
import { createLampTool, type LampPort, lampAt } from './lamp-tool.ts';
import type { ToolHandle } from './tool.ts';
import { Toolbox } from './toolbox.ts';
import { createViewTool, type ViewedPiece, type ViewPort } from './view-tool.ts';

/** What the tools of a piece ask of its engine. None of it may call the tools back. */
export interface PiecePorts {
	view: ViewPort;
	lamp: LampPort;
	piece: ViewedPiece;
}

/** All a visitor can do to one piece. */
export interface PieceTools {
	readonly toolbox: Toolbox;
	readonly lamp: ToolHandle<LampState>;
	/** The view, without what a hand that has not come to rest has done to it. */
	readonly pose: Pose;
	/** Goes to a view as a step of its own. */
	goTo(pose: Pose): void;
	/** Goes back to the first look. */
	reset(): void;
	zoomBy(factor: number): void;
	orbitBy(yawRad: number, pitchRad: number): void;
	/** The lamp in the hand at a place of the picture: −1 to 1, y up. */
	moveLamp(at: { x: number; y: number }): void;
	undo(): void;
	redo(): void;

	/** From the engine: a hand takes hold of the camera. */
	grab(): void;
	/** From the engine: the hand lets go; the camera may glide on. */
	release(): void;
	/** From the engine: a frame was drawn, and the camera is still moving or has come to rest. */
	drawn(isMoving: boolean): void;
	/** Takes in at once what a hand did: before the screen changes its shape, or a link is made. */
	follow(): void;
	dispose(): void;
}

/** What follows a rest sooner than this belongs to the same gesture: notches of a wheel, a key held down. */
const PAUSE_MS = 400;

class Tools implements PieceTools {
	readonly toolbox = new Toolbox();
	readonly lamp: ToolHandle<LampState>;
	readonly #view: ToolHandle<Pose>;
	readonly #port: ViewPort;
	readonly #first: Pose;
	#isHeld = false;
	#isMoving = false;
	/** A hand moved the camera, and the view has yet to take it in. */
	#isAhead = false;
	#pause: ReturnType<typeof setTimeout> | undefined;

	constructor({ view, lamp, piece }: PiecePorts) {
		this.#port = view;
		this.#first = piece.first;
		this.#view = this.toolbox.add(createViewTool(view, piece));
		this.lamp = this.toolbox.add(createLampTool(lamp));
		this.toolbox.subscribe(() => this.#wait(true));
	}

	get pose(): Pose {
		return this.#view.state;
	}

	goTo(pose: Pose): void {
		this.follow();
		this.#view.set(this.#port.nearest(pose));
	}

	reset(): void {
		this.goTo(this.#first);
	}

	zoomBy(factor: number): void {
		const from = this.#from();
		this.#move({ ...from, distanceShare: from.distanceShare / factor });
	}

	orbitBy(yawRad: number, pitchRad: number): void {
		const from = this.#from();
		this.#move({ ...from, yawRad: from.yawRad + yawRad, pitchRad: from.pitchRad + pitchRad });
	}

	moveLamp(at: { x: number; y: number }): void {
		this.lamp.move(lampAt(at));
	}

	undo(): void {
		this.follow();
		this.toolbox.undo();
	}

	redo(): void {
		this.follow();
		this.toolbox.redo();
	}

	grab(): void {
		this.#isHeld = true;
		this.#isAhead = true;
		this.#wait(false);
	}

	release(): void {
		this.#isHeld = false;
		this.#wait(true);
	}

	drawn(isMoving: boolean): void {
		this.#isMoving = isMoving;
		if (!isMoving) this.follow();
		this.#wait(false);
	}

	follow(): void {
		if (!this.#isAhead) return;
		this.#isAhead = this.#isHeld;
		this.#view.note(this.#port.pose());
	}

	dispose(): void {
		clearTimeout(this.#pause);
	}

	/** Where the next motion starts from. */
	#from(): Pose {
		this.follow();
		return this.#port.pose();
	}

	#move(pose: Pose): void {
		this.#view.move(this.#port.nearest(pose));
	}

	/** Ends the step under way after a pause, once hand and camera rest; starts a pause anew when told to. */
	#wait(isAnew: boolean): void {
		const hasStep = this.toolbox.state.isMoving || this.#isAhead;
		const mayEnd = hasStep && !this.#isHeld && !this.#isMoving;
		if (mayEnd && !isAnew && this.#pause !== undefined) return;
		clearTimeout(this.#pause);
		this.#pause = mayEnd ? setTimeout(() => this.#end(), PAUSE_MS) : undefined;
	}

	#end(): void {
		this.#pause = undefined;
		this.follow();
		this.toolbox.settle();
	}
}

/**
 * The tools of one piece: its view and the lamp, wired to what shows them, with steps that end when
 * hand and camera have rested for a moment. Who makes them disposes them.
 */
export function createPieceTools(ports: PiecePorts): PieceTools {
	return new Tools(ports);
}

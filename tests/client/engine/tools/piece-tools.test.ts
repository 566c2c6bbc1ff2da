import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pose } from '../../../../client/engine/camera/pose.ts';
import { createPieceTools } from '../../../../client/engine/tools/piece-tools.ts';

const FIRST: Pose = { targetM: [0, 0, 0], yawRad: 0, pitchRad: 0, distanceShare: 1 };

/** An engine that is at once where it is sent, and whose camera a hand can move. */
function anEngine() {
	const engine = { pose: FIRST, lamps: 0, sent: [] as Pose[] };
	const tools = createPieceTools({
		view: {
			pose: () => engine.pose,
			goTo: (pose) => {
				engine.pose = pose;
				engine.sent.push(pose);
			},
			nearest: (pose) => ({ ...pose, distanceShare: Math.max(0.1, pose.distanceShare) }),
		},
		lamp: {
			setLamp: () => {
				engine.lamps++;
			},
		},
		piece: { first: FIRST, radiusM: 1 },
	});
	/** One frame of a hand's motion, or of the glide after it. */
	const drag = (yawRad: number, isMoving = true): void => {
		engine.pose = { ...engine.pose, yawRad: engine.pose.yawRad + yawRad };
		tools.drawn(isMoving);
	};
	return { engine, tools, drag };
}

const pause = () => vi.advanceTimersByTime(1000);

describe('the tools of a piece', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('make one step of a drag with its glide, and lead the camera back', () => {
		const { engine, tools, drag } = anEngine();
		tools.grab();
		drag(0.1);
		drag(0.1);
		tools.release();
		drag(0.1);
		expect(tools.pose).toBe(FIRST);
		drag(0, false);
		expect(tools.pose.yawRad).toBeCloseTo(0.3);
		expect(engine.sent).toEqual([]);
		pause();
		expect(tools.toolbox.state).toEqual({ canUndo: true, canRedo: false, isMoving: false });
		tools.undo();
		expect(engine.pose).toEqual(FIRST);
		expect(tools.toolbox.state.canUndo).toBe(false);
	});

	it('make one step of a drag that pauses in the hand', () => {
		const { tools, drag } = anEngine();
		tools.grab();
		drag(0.1, false);
		pause();
		expect(tools.toolbox.state.isMoving).toBe(true);
		drag(0.1, false);
		tools.release();
		pause();
		tools.undo();
		expect(tools.pose).toEqual(FIRST);
	});

	it('end a step also when no frame follows the hand that lets go', () => {
		const { engine, tools } = anEngine();
		tools.grab();
		engine.pose = { ...FIRST, yawRad: 1 };
		tools.release();
		pause();
		expect(tools.pose.yawRad).toBe(1);
		expect(tools.toolbox.state.isMoving).toBe(false);
	});

	it('make one step of the notches of a wheel, and another after a pause', () => {
		const { tools, drag } = anEngine();
		const notch = (): void => {
			tools.grab();
			tools.release();
			drag(0.1, false);
			vi.advanceTimersByTime(200);
		};
		notch();
		notch();
		notch();
		pause();
		notch();
		tools.undo();
		expect(tools.pose.yawRad).toBeCloseTo(0.3);
		tools.undo();
		expect(tools.pose.yawRad).toBeCloseTo(0);
	});

	it('make no step of a touch that moves nothing', () => {
		const { tools, drag } = anEngine();
		tools.grab();
		drag(0, false);
		tools.release();
		pause();
		expect(tools.toolbox.state.canUndo).toBe(false);
	});

	it('make one step of a lamp that follows the hand, and one of switching it off', () => {
		const { tools } = anEngine();
		for (const x of [0.1, 0.2, 0.3]) {
			tools.moveLamp({ x, y: 0 });
			tools.drawn(false);
		}
		pause();
		tools.lamp.set({ ...tools.lamp.state, isOn: false });
		tools.undo();
		expect(tools.lamp.state.isOn).toBe(true);
		tools.undo();
		expect(tools.lamp.state.isOn).toBe(false);
		expect(tools.toolbox.state.canUndo).toBe(false);
	});

	it('start a key or button from where a hand has brought the camera', () => {
		const { tools, drag } = anEngine();
		tools.grab();
		drag(1);
		tools.release();
		tools.zoomBy(2);
		expect(tools.pose).toEqual({ ...FIRST, yawRad: 1, distanceShare: 0.5 });
		tools.orbitBy(0.5, 0.2);
		expect(tools.pose).toEqual({ ...FIRST, yawRad: 1.5, pitchRad: 0.2, distanceShare: 0.5 });
	});

	it('make no step of coming closer where one cannot', () => {
		const { tools } = anEngine();
		tools.zoomBy(100);
		pause();
		tools.zoomBy(2);
		pause();
		expect(tools.pose.distanceShare).toBe(0.1);
		tools.undo();
		expect(tools.toolbox.state.canUndo).toBe(false);
	});

	it('make a step of its own of the first look and of a focus, even in the middle of a motion', () => {
		const { tools, drag } = anEngine();
		tools.grab();
		drag(1);
		tools.release();
		tools.goTo({ ...FIRST, distanceShare: 0.3 });
		tools.reset();
		const seen = [0, 1, 2].map(() => {
			tools.undo();
			return [tools.pose.yawRad, tools.pose.distanceShare];
		});
		expect(seen).toEqual([
			[0, 0.3],
			[1, 1],
			[0, 1],
		]);
	});

	it('do again what was undone, from a camera that moves by itself meanwhile', () => {
		const { tools } = anEngine();
		tools.goTo({ ...FIRST, yawRad: 1 });
		tools.undo();
		tools.drawn(true);
		tools.drawn(false);
		pause();
		expect(tools.toolbox.state.canRedo).toBe(true);
		tools.redo();
		expect(tools.pose.yawRad).toBe(1);
	});

	it('take no notice of a camera that no hand moved', () => {
		const { tools, drag } = anEngine();
		drag(1, false);
		pause();
		expect(tools.toolbox.state.canUndo).toBe(false);
	});

	it('open with an address and write the same one again', () => {
		const { engine, tools } = anEngine();
		tools.toolbox.fromSearch('?lang=x&view=-90,30,0.5,0,0.25,0&lamp=-40,12');
		expect(engine.pose.targetM).toEqual([0, 0.25, 0]);
		expect(engine.lamps).toBe(1);
		expect(tools.toolbox.toSearch('?lang=x')).toBe('?lang=x&view=-90,30,0.5,0,0.25,0&lamp=-40,12');
	});

	it('open a hostile address as if it were none, without moving anything', () => {
		const { engine, tools } = anEngine();
		tools.toolbox.fromSearch(`?view=NaN,1e999,%00&lamp=${'9'.repeat(1e5)}&measure=1,2`);
		expect([engine.sent, engine.lamps]).toEqual([[], 0]);
		expect(tools.toolbox.toSearch('?view=NaN,1e999,%00&measure=1,2')).toBe('?measure=1,2');
	});

	it('leave no pause running once disposed', () => {
		const { tools } = anEngine();
		tools.zoomBy(2);
		tools.dispose();
		expect(vi.getTimerCount()).toBe(0);
	});
});

import { describe, expect, it } from 'vitest';
import { Connectivity } from '../../../client/state/connectivity.ts';

/** Connectivity with a clock that is wound by hand. */
function aConnectivity() {
	const world = {
		answers: false,
		probes: 0,
		regained: 0,
		planned: [] as { run: () => void; delayMs: number }[],
	};
	const connectivity = new Connectivity({
		probe: async () => {
			world.probes += 1;
			return world.answers;
		},
		later: (run, delayMs) => {
			const plan = { run, delayMs };
			world.planned.push(plan);
			return () => {
				world.planned = world.planned.filter((other) => other !== plan);
			};
		},
		onRegained: () => {
			world.regained += 1;
		},
	});
	const wind = async (): Promise<number> => {
		const plan = world.planned.shift();
		plan?.run();
		await new Promise((resolve) => setImmediate(resolve));
		return plan?.delayMs ?? Number.NaN;
	};
	return { connectivity, world, wind, isOnline: () => connectivity.store.getState().isOnline };
}

describe('connectivity', () => {
	it('is lost with the first call nothing answers, and asks at growing intervals up to a limit', async () => {
		const { connectivity, wind, isOnline } = aConnectivity();
		connectivity.report(false);
		connectivity.report(false);
		expect(isOnline()).toBe(false);
		const delays = [];
		for (let i = 0; i < 6; i++) delays.push(await wind());
		expect(delays).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000]);
	});

	it('is regained once, whoever notices first, and stops asking', async () => {
		const { connectivity, world, wind, isOnline } = aConnectivity();
		connectivity.report(false);
		world.answers = true;
		await wind();
		expect(isOnline()).toBe(true);
		connectivity.report(true);
		expect(world).toMatchObject({ regained: 1, planned: [] });
	});

	it('begins again with short intervals after a new loss', async () => {
		const { connectivity, wind } = aConnectivity();
		connectivity.report(false);
		await wind();
		await wind();
		connectivity.report(true);
		connectivity.report(false);
		expect(await wind()).toBe(2000);
	});

	it('can be asked to try now', async () => {
		const { connectivity, world, isOnline } = aConnectivity();
		connectivity.report(false);
		world.answers = true;
		await connectivity.probeNow();
		expect(isOnline()).toBe(true);
		expect(world.probes).toBe(1);
	});
});

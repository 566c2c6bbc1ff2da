import { BoxGeometry, Group, Mesh, MeshBasicMaterial, Ray, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { TierFile } from '#schema/asset/asset-manifest';
import { Picker, type PickerOptions } from '../../../../client/engine/pick/picker.ts';
import { aLadder } from '../../../support/ladder.ts';
import { aBallSurface } from './pieces.ts';

const ahead = () => new Ray(new Vector3(0, 0, 5), new Vector3(0, 0, -1));

/** A picker, what it fetched, and a way to end it. */
function aPicker(options: Partial<PickerOptions> = {}) {
	const fetched: string[] = [];
	const end = new AbortController();
	const picker = new Picker({
		tiers: aLadder(),
		load: async (file) => {
			fetched.push(file.tier);
			return aBallSurface();
		},
		signal: end.signal,
		...options,
	});
	return { picker, fetched, end };
}

function tier(name: TierFile['tier']): TierFile {
	const found = aLadder().find((file) => file.tier === name);
	if (found === undefined) throw new Error(`a ladder has a ${name}`);
	return found;
}

/** A loaded tier: a box of two metres. */
const aRoot = () => new Group().add(new Mesh(new BoxGeometry(2, 2, 2), new MeshBasicMaterial()));

describe('picking a piece', () => {
	it('fetches the low tier when first asked, and never again', async () => {
		const { picker, fetched } = aPicker();
		expect(fetched).toEqual([]);
		expect(picker.proxy).toBeUndefined();
		const [hit] = await Promise.all([picker.pick(ahead()), picker.pick(ahead())]);
		expect(hit?.pointM.z).toBeCloseTo(1, 1);
		await picker.pick(ahead());
		expect(fetched).toEqual(['low']);
		expect(picker.proxy).toBe(await picker.ready());
	});

	it('answers for the ray as it was when it was asked', async () => {
		const { picker } = aPicker();
		const ray = ahead();
		const asked = picker.pick(ray);
		ray.origin.x = 100;
		expect((await asked)?.pointM.x).toBeCloseTo(0);
	});

	it('says that a ray misses', async () => {
		const ray = new Ray(new Vector3(0, 9, 5), new Vector3(0, 0, -1));
		expect(await aPicker().picker.pick(ray)).toBeUndefined();
	});

	it('fetches nothing when the tier was offered as it was shown', async () => {
		const { picker, fetched } = aPicker();
		picker.offer(tier('thumb'), aRoot());
		picker.offer(tier('low'), aRoot());
		picker.offer(tier('high'), aRoot());
		expect((await picker.pick(ahead()))?.distanceM).toBeCloseTo(4);
		expect(fetched).toEqual([]);
	});

	it('takes no offer of a tier it does not cast at', async () => {
		const { picker, fetched } = aPicker();
		picker.offer(tier('mid'), aRoot());
		await picker.ready();
		expect(fetched).toEqual(['low']);
	});

	it('tries again at the next call what failed', async () => {
		let isBroken = true;
		const { picker } = aPicker({
			load: async () => {
				if (isBroken) throw new Error('the line is down');
				return aBallSurface();
			},
		});
		await expect(picker.pick(ahead())).rejects.toThrow('the line is down');
		isBroken = false;
		expect(await picker.pick(ahead())).toBeDefined();
	});

	it('has nothing to meet of a piece without triangles', async () => {
		const cloud = aLadder().map((file) => ({ ...file, triangles: 0, points: 9 }));
		const { picker, fetched } = aPicker({ tiers: cloud });
		expect(await picker.pick(ahead())).toBeUndefined();
		expect(fetched).toEqual([]);
	});

	it('stops fetching when the visitor leaves, and says why', async () => {
		const asked = Promise.withResolvers<AbortSignal>();
		const { picker, end } = aPicker({
			load: (_, signal) => {
				asked.resolve(signal);
				return new Promise((_resolve, reject) => {
					signal.addEventListener('abort', () => reject(signal.reason));
				});
			},
		});
		const pick = picker.pick(ahead());
		await asked.promise;
		end.abort(new Error('the visitor left'));
		await expect(pick).rejects.toThrow('the visitor left');
		await expect(picker.ready()).rejects.toThrow('the visitor left');
	});
});

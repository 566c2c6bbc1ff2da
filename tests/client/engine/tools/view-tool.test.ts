import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../../client/engine/camera/pose.ts';
import { createViewTool } from '../../../../client/engine/tools/view-tool.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const DEGREE = Math.PI / 180;
const FIRST: Pose = { targetM: [0.1, 0.4, -0.2], yawRad: 0.42, pitchRad: 0.2, distanceShare: 1 };
const PORT = { pose: () => FIRST, goTo: () => {}, nearest: (pose: Pose) => pose };

const aTool = (radiusM = 0.5) => createViewTool(PORT, { first: FIRST, radiusM });
const tool = aTool();

/** Any pose an address can hold: round the piece, up to its limits. */
function anyPose(random: () => number): Pose {
	const aside = () => (random() * 2 - 1) * 0.5 * 3;
	return {
		targetM: [0.1 + aside(), 0.4 + aside(), -0.2 + aside()],
		yawRad: (random() * 2 - 1) * Math.PI * 3,
		pitchRad: (random() * 2 - 1) * 1.5,
		distanceShare: 0.01 + random() * 2.4,
	};
}

describe('the view', () => {
	it('is left out of the address while it is the first look', () => {
		expect(tool.toParam(FIRST)).toBeUndefined();
		expect(tool.toParam({ ...FIRST, yawRad: FIRST.yawRad + 1e-5 })).toBeUndefined();
	});

	it('is short in the address: degrees, and the share of the distance that shows the whole piece', () => {
		const pose = {
			...FIRST,
			yawRad: -90 * DEGREE,
			pitchRad: 12.34 * DEGREE,
			distanceShare: 0.34567,
		};
		expect(tool.toParam(pose)).toBe('-90,12.3,0.346');
	});

	it('names the point looked at, in radii from the middle, only when it is another', () => {
		const pose: Pose = { ...FIRST, targetM: [0.1, 0.65, -0.2 - 0.05] };
		expect(tool.toParam(pose)).toBe('24.1,11.5,1,0,0.5,-0.1');
	});

	it('shows the same part of a piece whose scale was corrected since the link was made', () => {
		const small = createViewTool(PORT, {
			first: { ...FIRST, targetM: [0.0001, 0.0004, -0.0002] },
			radiusM: 0.0005,
		});
		const pose = small.fromParam(tool.toParam({ ...FIRST, targetM: [0.2, 0.4, -0.2] }) ?? '');
		expect(pose?.targetM[0]).toBeCloseTo(0.0002, 9);
	});

	it('reads a turn the same however many times it went round', () => {
		const turned = (yawDeg: number) => tool.toParam({ ...FIRST, yawRad: yawDeg * DEGREE });
		expect(turned(-180)).toBe(turned(180));
		expect(turned(179.98)).toBe(turned(-180.02));
		expect(turned(730)).toBe(turned(10));
		expect(tool.equals({ ...FIRST, yawRad: Math.PI }, { ...FIRST, yawRad: -Math.PI })).toBe(true);
	});

	it('comes back from the address as good as it was, and to the same address', () => {
		const random = seededRandom(16);
		for (let times = 0; times < 500; times++) {
			const pose = anyPose(random);
			const text = tool.toParam(pose) ?? '';
			const back = tool.fromParam(text) ?? FIRST;
			expect(tool.toParam(back), text).toBe(text);
			expect(text.length).toBeLessThan(48);
			expect(Math.cos(back.yawRad - pose.yawRad)).toBeGreaterThan(Math.cos(0.051 * DEGREE));
			expect(Math.abs(back.pitchRad - pose.pitchRad)).toBeLessThan(0.051 * DEGREE);
			expect(Math.abs(back.distanceShare / pose.distanceShare - 1)).toBeLessThan(0.0051);
			for (const axis of [0, 1, 2] as const) {
				expect(Math.abs(back.targetM[axis] - pose.targetM[axis])).toBeLessThan(0.00051 * 0.5);
			}
		}
	});

	it('is brought within sane limits when an address asks for more', () => {
		expect(tool.fromParam('9999,-9999,99999,9999,-9999,0')).toEqual({
			targetM: [0.1 + 4 * 0.5, 0.4 - 4 * 0.5, -0.2],
			yawRad: -81 * DEGREE,
			pitchRad: -90 * DEGREE,
			distanceShare: 3,
		});
		expect(tool.fromParam('0,0,0')?.distanceShare).toBe(0.005);
		expect(tool.fromParam('0,0,-1')?.distanceShare).toBe(0.005);
	});

	it.each([
		'',
		'1',
		'1,2',
		'1,2,3,4',
		'1,2,3,4,5,6,7',
		'NaN,1e999,\u0000',
		'NaN,0,1',
		'0,Infinity,1',
		'1e9,0,1',
		'1,2,3;4',
		'1 ,2,3',
		'<script>,0,1',
		`0,0,${'9'.repeat(1e6)}`,
		'1,'.repeat(1e6),
	])('does not understand an address of garbage (%#)', (text) => {
		expect(tool.fromParam(text)).toBeUndefined();
	});

	it('tells apart what the eye tells apart, near as well as far', () => {
		expect(tool.equals(FIRST, { ...FIRST, distanceShare: 1.0005 })).toBe(true);
		expect(tool.equals(FIRST, { ...FIRST, distanceShare: 1.01 })).toBe(false);
		const near = { ...FIRST, distanceShare: 0.02 };
		expect(tool.equals(near, { ...near, distanceShare: 0.0204 })).toBe(false);
		expect(tool.equals(FIRST, { ...FIRST, targetM: [0.1, 0.41, -0.2] })).toBe(false);
		expect(tool.equals(FIRST, { ...FIRST, pitchRad: 0.21 })).toBe(false);
	});
});

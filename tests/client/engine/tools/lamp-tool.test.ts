import { describe, expect, it } from 'vitest';
import {
	createLampTool,
	LAMP_REACH_RAD,
	lampAt,
} from '../../../../client/engine/tools/lamp-tool.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const DEGREE = Math.PI / 180;
const tool = createLampTool({ setLamp: () => {} });

describe('the lamp', () => {
	it('is off at first and left out of the address while it is off, wherever it points', () => {
		expect(tool.initial.isOn).toBe(false);
		expect(tool.toParam({ isOn: false, yawRad: 1, pitchRad: 1 })).toBeUndefined();
	});

	it('stands in the address in whole degrees', () => {
		const lamp = { isOn: true, yawRad: 35.4 * DEGREE, pitchRad: -0.2 * DEGREE };
		expect(tool.toParam(lamp)).toBe('35,0');
	});

	it('comes back from the address within half a degree, and to the same address', () => {
		const random = seededRandom(7);
		for (let times = 0; times < 500; times++) {
			const lamp = lampAt({ x: random() * 2 - 1, y: random() * 2 - 1 });
			const text = tool.toParam(lamp) ?? '';
			const back = tool.fromParam(text);
			expect(back?.isOn).toBe(true);
			expect(Math.abs((back?.yawRad ?? 9) - lamp.yawRad)).toBeLessThanOrEqual(0.501 * DEGREE);
			expect(Math.abs((back?.pitchRad ?? 9) - lamp.pitchRad)).toBeLessThanOrEqual(0.501 * DEGREE);
			expect(back && tool.toParam(back)).toBe(text);
		}
	});

	it('follows the hand to the rim of the picture and no farther', () => {
		expect(lampAt({ x: 1, y: -1 })).toEqual({
			isOn: true,
			yawRad: LAMP_REACH_RAD,
			pitchRad: -LAMP_REACH_RAD,
		});
		expect(lampAt({ x: 50, y: 0 }).yawRad).toBe(LAMP_REACH_RAD);
	});

	it('is brought within reach when an address asks for more', () => {
		expect(tool.fromParam('500,-99999')).toEqual({
			isOn: true,
			yawRad: LAMP_REACH_RAD,
			pitchRad: -LAMP_REACH_RAD,
		});
	});

	it.each([
		'',
		'on',
		'1',
		'1,2,3',
		'NaN,1',
		'1e999,0',
		'Infinity,0',
		'0x10,0',
		' 1,2',
		'1,,2',
		'\u0000,1',
		'１,２',
		`${'9'.repeat(1e6)},1`,
		`1,${'2,'.repeat(1e5)}`,
	])('does not understand an address of garbage (%#)', (text) => {
		expect(tool.fromParam(text)).toBeUndefined();
	});
});

import { expect, it } from 'vitest';
import { WireLog } from '../../../../scripts/bench/viewer/wire-log.ts';

it('says what had passed and what had been asked for at a moment', () => {
	const log = new WireLog();
	const script = log.begin('/shell.js', 0);
	script.class = 'js';
	const model = log.begin('/thumb.glb', 100);
	model.class = 'model';
	log.pass(script, 10, 20);
	log.pass(model, 300, 150);
	log.pass(model, 400, 250);
	expect(log.bytesUntil(150)).toMatchObject({ js: 10, model: 300, image: 0, all: 310 });
	expect(log.bytesUntil(1000).all).toBe(710);
	expect(log.requestsUntil(99)).toBe(1);
	expect(model.bytes).toBe(700);
});

/**
 * Makes the sample objects 示例: `npm run demo -- [NAME…]` writes assets/sources/NAME.glb, the same
 * bytes each time. `--list` prints the names.
 */
import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DemoPart } from './demo-part.ts';
import { banner } from './models/banner.ts';
import { bronzeBell } from './models/bronze-bell.ts';
import { fanDrum } from './models/fan-drum.ts';
import { glazedFlowerBrick } from './models/glazed-flower-brick.ts';
import { glazedRidgeBeast } from './models/glazed-ridge-beast.ts';
import { glazedTileEnd } from './models/glazed-tile-end.ts';
import { hallGate } from './models/hall-gate.ts';
import { inkstone } from './models/inkstone.ts';
import { minerLamp } from './models/miner-lamp.ts';
import { operaMask } from './models/opera-mask.ts';
import { stele } from './models/stele.ts';
import { stoneLion } from './models/stone-lion.ts';
import { writeGlb } from './write-glb.ts';

const MODELS: Readonly<Record<string, () => DemoPart[] | Promise<DemoPart[]>>> = {
	'glazed-ridge-beast': glazedRidgeBeast,
	'glazed-tile-end': glazedTileEnd,
	'miner-lamp': minerLamp,
	'opera-mask': operaMask,
	'stone-lion': stoneLion,
	'glazed-flower-brick': glazedFlowerBrick,
	banner,
	'bronze-bell': bronzeBell,
	'fan-drum': fanDrum,
	'hall-gate': hallGate,
	inkstone,
	stele,
};

const SOURCES_DIR = resolve(import.meta.dirname, '../../assets/sources');

async function make(name: string): Promise<void> {
	const model = MODELS[name];
	if (!model) {
		console.error(`make: no model named "${name}" — one of ${Object.keys(MODELS).join(', ')}`);
		process.exitCode = 2;
		return;
	}
	const path = resolve(SOURCES_DIR, `${name}.glb`);
	const parts = await model();
	await writeGlb(parts, path);
	const triangles = parts.reduce((sum, part) => sum + part.indices.length / 3, 0);
	const { size } = await stat(path);
	console.log(`${name}: ${triangles} triangles, ${(size / 1e6).toFixed(2)} MB`);
}

const args = process.argv.slice(2);
if (args.includes('--list')) {
	console.log(Object.keys(MODELS).join('\n'));
} else {
	await mkdir(SOURCES_DIR, { recursive: true });
	for (const name of args.length > 0 ? args : Object.keys(MODELS)) await make(name);
}

import { stat } from 'node:fs/promises';
import { glazedFlowerBrick } from './models/glazed-flower-brick.ts';
import { glazedRidgeBeast } from './models/glazed-ridge-beast.ts';
import { glazedTileEnd } from './models/glazed-tile-end.ts';
import { minerLamp } from './models/miner-lamp.ts';
import { operaMask } from './models/opera-mask.ts';
import { stoneLion } from './models/stone-lion.ts';
import { writeGlb } from './write-glb.ts';
const M = { 'glazed-flower-brick': glazedFlowerBrick, 'glazed-ridge-beast': glazedRidgeBeast, 'glazed-tile-end': glazedTileEnd, 'miner-lamp': minerLamp, 'opera-mask': operaMask, 'stone-lion': stoneLion } as Record<string, () => import('./demo-part.ts').DemoPart[]>;
for (const n of process.argv.slice(2)) { const t = process.cpuUsage(); const parts = M[n]?.() ?? []; const p = `../../assets/sources/${n}.glb`; await writeGlb(parts, p); console.log(n, parts.reduce((s, q) => s + q.indices.length / 3, 0), (await stat(p)).size, process.cpuUsage(t).user / 1e6, 's cpu'); }

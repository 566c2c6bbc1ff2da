/**
 * Filters the probe room into `assets/env/gallery-probe.bin`, the light that glaze and bronze mirror:
 * `node scripts/dev/light-probe.ts`. Beside it stands what it was made for. To be run again when the
 * room changes, or how three maps roughness to the levels of a prefiltered cube map. It needs neither
 * a browser nor a graphics card, and the same room gives the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { REVISION } from 'three';
import { filterProbe } from './light-probe/filter-probe.ts';
import { DROPPED_BITS, packProbe } from './light-probe/pack-probe.ts';

const OUT = resolve(import.meta.dirname, '../../assets/env');
/** Twice as much is twice the bytes, and shows on mirrors only. */
const FACE_PX = 64;
/** three's roughest level: fewer texels do not hold diffuse light. */
const SMALLEST_FACE_PX = 8;

const lastLevel = Math.log2(FACE_PX / SMALLEST_FACE_PX);
/** As three's `PMREMGenerator.lodToRoughness` and its shaders have it. */
const roughnesses = Array.from(
	{ length: lastLevel + 1 },
	(_, level) => 1 - Math.sqrt(1 - level / lastLevel),
);
const levels = roughnesses.map((roughness, level) => filterProbe(FACE_PX >> level, roughness));
const bytes = packProbe(levels);
mkdirSync(OUT, { recursive: true });
writeFileSync(join(OUT, 'gallery-probe.bin'), bytes);
const made = { threeRevision: REVISION, facePx: FACE_PX, roughnesses, droppedBits: DROPPED_BITS };
writeFileSync(join(OUT, 'gallery-probe.json'), `${JSON.stringify(made, null, '\t')}\n`);
console.log(`${bytes.length} bytes, ${brotliCompressSync(bytes).length} in brotli`);

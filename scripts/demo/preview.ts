/**
 * Contact sheets of sample objects, to look at before they are accepted:
 * `node scripts/demo/preview.ts NAME|FILE.glb… [--size 560] [--view YAW,PITCH,ZOOM]… [--at X,Y,Z]`
 * (degrees; metres; a negative yaw as --view=-20,8,1). Writes NAME.png into the system's temporary folder. Needs no GPU or browser.
 */
import { tmpdir } from 'node:os';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { boundingSphere, orbitCamera, type Sphere, sunCamera } from './preview/camera.ts';
import { loadScene, type Surface } from './preview/load-scene.ts';
import { rasterise } from './preview/rasterise.ts';
import { sampleSurface } from './preview/sample-surface.ts';
import { KEY, opennessAt, shade, shadowAt } from './preview/shade.ts';

const FOUR_SIDES = ['-25,12,1', '65,12,1', '155,12,1', '245,25,1'];
/** Pixels drawn for each pixel kept, along a side. */
const OVERSAMPLING = 2;
const SHADOW_PX = 1400;
const BACKGROUND = 0.035;

const toByte = (linear: number) => {
	const exposed = linear * 1.15;
	const mapped = (exposed * (2.51 * exposed + 0.03)) / (exposed * (2.43 * exposed + 0.59) + 0.14);
	return Math.round(255 * Math.min(1, Math.max(0, mapped)) ** (1 / 2.2));
};

function drawView(surfaces: readonly Surface[], ball: Sphere, view: string, sizePx: number) {
	const [yaw = 0, pitch = 10, zoom = 1] = view.split(',').map(Number);
	const full = boundingSphere(surfaces);
	const camera = orbitCamera(ball, (yaw * Math.PI) / 180, (pitch * Math.PI) / 180, zoom);
	const wide = sizePx * OVERSAMPLING;
	const visible = rasterise(surfaces, camera, wide);
	const sun = sunCamera(full, KEY.towards);
	const sunlit = rasterise(surfaces, sun, SHADOW_PX);
	const rgb = Buffer.alloc(wide * wide * 3, toByte(BACKGROUND));
	for (let pixel = 0; pixel < wide * wide; pixel++) {
		const sample = sampleSurface(surfaces, visible, pixel);
		if (!sample) continue;
		const pixelM = (2 * (visible.depthM[pixel] ?? 1)) / (camera.focal * wide);
		const y = Math.floor(pixel / wide);
		const open = opennessAt(visible, pixel % wide, y, full.radiusM * 0.07, pixelM);
		const lit = shadowAt(sample.position, sun, sunlit, full.radiusM * 0.008);
		const light = shade(sample, camera, lit, open);
		for (const k of [0, 1, 2] as const) rgb[pixel * 3 + k] = toByte(light[k]);
	}
	return sharp(rgb, { raw: { width: wide, height: wide, channels: 3 } })
		.resize(sizePx, sizePx, { kernel: 'mitchell' })
		.png()
		.toBuffer();
}

async function contactSheet(name: string, views: readonly string[], sizePx: number, at?: string) {
	const path = name.endsWith('.glb')
		? resolve(name)
		: resolve(import.meta.dirname, `../../assets/sources/${name}.glb`);
	const surfaces = await loadScene(path);
	const ball = boundingSphere(surfaces);
	const [x = 0, y = 0, z = 0] = at?.split(',').map(Number) ?? ball.center;
	const columns = Math.min(2, views.length);
	const tiles = [];
	for (const [i, view] of views.entries()) {
		const input = await drawView(surfaces, { ...ball, center: [x, y, z] }, view, sizePx);
		tiles.push({ input, left: (i % columns) * sizePx, top: Math.floor(i / columns) * sizePx });
	}
	const out = resolve(tmpdir(), `${basename(name, '.glb')}.png`);
	const height = Math.ceil(views.length / columns) * sizePx;
	await sharp({ create: { width: columns * sizePx, height, channels: 3, background: '#000' } })
		.composite(tiles)
		.png()
		.toFile(out);
	console.log(out);
}

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		size: { type: 'string', default: '560' },
		view: { type: 'string', multiple: true, default: FOUR_SIDES },
		at: { type: 'string' },
	},
});
for (const name of positionals)
	await contactSheet(name, values.view, Number(values.size), values.at);

import type { Vec3 } from './mesh.ts';
import { blend, fractal, step } from './noise.ts';
import { ruyiCloud } from './ornament.ts';
import { drawSvg, paintPicture, png, repaint } from './picture.ts';

const SIZE_PX = 1100;

/** A frilled petal from the middle outward: `a` its direction (rad), `r` its reach, `w` its width. */
function petal(a: number, r: number, w: number, seed: number): string {
	const edge: string[] = [];
	for (let i = 0; i <= 26; i++) {
		const t = i / 26;
		const frill = 1 + 0.055 * Math.sin(t * 34 + seed * 5) + 0.04 * Math.sin(t * 13 + seed);
		const across = (t - 0.5) * 2;
		const reach = r * (0.52 + 0.48 * Math.cos(across * 1.25)) * frill;
		const angle = a + across * w;
		edge.push(`${(Math.cos(angle) * reach).toFixed(1)} ${(Math.sin(angle) * reach).toFixed(1)}`);
	}
	return `M0 0L${edge.join('L')}Z`;
}

function peony(): string {
	const layers = [
		{ n: 9, r: 250, w: 0.52, fill: 'p1' },
		{ n: 8, r: 205, w: 0.54, fill: 'p2' },
		{ n: 7, r: 158, w: 0.58, fill: 'p1' },
		{ n: 6, r: 112, w: 0.64, fill: 'p2' },
		{ n: 5, r: 68, w: 0.7, fill: 'p3' },
	];
	const petals = layers.flatMap(({ n, r, w, fill }, k) =>
		Array.from({ length: n }, (_, i) => {
			const path = petal(
				(i / n) * 2 * Math.PI + k * 0.45,
				r * (1 + 0.06 * Math.sin(i * 2.7 + k)),
				w,
				i + k,
			);
			return `<path d="${path}" fill="url(#${fill})" stroke="#5e0f12" stroke-width="2.4" stroke-opacity=".75"/>`;
		}),
	);
	const stamens = Array.from({ length: 26 }, (_, i) => {
		const a = i * 2.4;
		const r = 7 + 24 * Math.sqrt(i / 26);
		return `<circle cx="${(Math.cos(a) * r).toFixed(1)}" cy="${(Math.sin(a) * r).toFixed(1)}" r="5" fill="#e9b62f" stroke="#7c4a0b" stroke-width="1.4"/>`;
	});
	return [...petals, ...stamens].join('');
}

function leaf(a: number, r0: number, length: number, bend: number): string {
	const tip = `${length} ${bend * 0.6}`;
	const blade = `M0 0C${length * 0.2} ${-52 + bend} ${length * 0.62} ${-58 + bend} ${tip}C${length * 0.68} ${30 + bend} ${length * 0.28} ${46 + bend} 0 0Z`;
	const veins = [0.25, 0.42, 0.6, 0.75].map((t) => {
		const x = length * t;
		return `M${x} ${bend * t * 0.6}l${length * 0.13} -26M${x} ${bend * t * 0.6}l${length * 0.13} 24`;
	});
	return `<g transform="rotate(${(a * 180) / Math.PI}) translate(${r0} 0)"><path d="${blade}" fill="url(#leaf)" stroke="#10301f" stroke-width="2.6"/><path d="M0 0L${tip}${veins.join('')}" fill="none" stroke="#b7c77d" stroke-width="2.4" stroke-opacity=".8"/></g>`;
}

function border(): string {
	const clouds = Array.from({ length: 14 }, (_, i) => {
		const lines = ruyiCloud([0, 0], 92, i % 2 === 0).map(
			(line) => `M${line.map(([x, y]) => `${x.toFixed(1)} ${(-y).toFixed(1)}`).join('L')}`,
		);
		const turn = (i / 14) * 360;
		const d = lines.join('');
		return `<g transform="rotate(${turn}) translate(0 -438)" fill="none" stroke-linecap="round"><path d="${d}" stroke="#f0d9a0" stroke-width="15"/><path d="${d}" stroke="${i % 2 ? '#1d4f86' : '#2b6d52'}" stroke-width="9"/></g>`;
	});
	const beads = Array.from(
		{ length: 72 },
		(_, i) =>
			`<circle transform="rotate(${i * 5}) translate(0 -371)" r="6.5" fill="#d9a52a" stroke="#68420d" stroke-width="1.6"/>`,
	);
	const rims = [
		[391, 4, '#9c1f1a'],
		[352, 4, '#9c1f1a'],
		[371, 30, '#7c1713'],
		[502, 7, '#9c1f1a'],
		[514, 3, '#c99a2b'],
	].map(([r, w, c]) => `<circle r="${r}" fill="none" stroke="${c}" stroke-width="${w}"/>`);
	return [...rims, ...beads, ...clouds].join('');
}

function svg(): string {
	const stop = (o: number, c: string) => `<stop offset="${o}" stop-color="${c}"/>`;
	const radial = (id: string, r: number, stops: string) =>
		`<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="${r}">${stops}</radialGradient>`;
	const leaves = Array.from({ length: 11 }, (_, i) =>
		leaf((i / 11) * 2 * Math.PI + 0.2, 196 + (i % 2) * 20, 132 - (i % 3) * 18, i % 2 ? 16 : -14),
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-550 -550 1100 1100" width="${SIZE_PX}" height="${SIZE_PX}"><defs>${radial('p1', 255, stop(0, '#5f0c12') + stop(0.45, '#b32a2c') + stop(0.8, '#d9645c') + stop(1, '#f0b0a2'))}${radial('p2', 210, stop(0, '#6d1016') + stop(0.5, '#c23c38') + stop(1, '#f2bfae'))}${radial('p3', 70, stop(0, '#8a1a1c') + stop(1, '#e78b7c'))}${radial('leaf', 150, stop(0, '#173f2b') + stop(0.6, '#2f6b46') + stop(1, '#6d9a54'))}</defs><rect x="-550" y="-550" width="1100" height="1100" fill="#dfcda4"/>${border()}${leaves.join('')}${peony()}</svg>`;
}

const STAIN: Vec3 = [0.45, 0.33, 0.19];

/** The painted skin: colour and roughness pictures, seen from the front, filling a unit square. */
export async function drumPaint() {
	const clean = await drawSvg(svg(), SIZE_PX, SIZE_PX);
	const color = repaint(clean, (paint, x, y) => {
		const p: Vec3 = [x, y, 0];
		const r = Math.hypot(x - 0.5, y - 0.5);
		const skin: Vec3 = blend([0.84, 0.76, 0.6], [0.72, 0.6, 0.42], 0.5 + fractal(p, 0.16, 5, 141));
		const beaten = step(0.16, 0.05, Math.hypot(x - 0.54, y - 0.4)) * 0.42;
		const flaked = step(0.26, 0.36, fractal(p, 0.035, 5, 143) + beaten * 0.42);
		const brush = 0.1 * fractal([x * 3, y * 3, 1], 0.012, 3, 145);
		const thin = 0.18 + 0.3 * step(-0.2, 0.5, fractal(p, 0.12, 4, 147)) + beaten * 0.5;
		let c = blend(paint, skin, Math.max(flaked * 0.9, thin * 0.62));
		const veins = step(0.035, 0, Math.abs(fractal([x, y, 4], 0.2, 4, 149)));
		c = blend(c, STAIN, veins * 0.14 + step(0.4, 0.5, r + 0.05 * fractal(p, 0.08, 3, 151)) * 0.42);
		return [c[0] * (1 + brush), c[1] * (1 + brush), c[2] * (1 + brush)];
	});
	const rough = paintPicture(256, 256, (x, y) => {
		const beaten = step(0.16, 0.05, Math.hypot(x - 0.54, y - 0.4));
		return [0, 0.66 - 0.18 * beaten + 0.12 * fractal([x, y, 3], 0.05, 3, 153), 0];
	});
	return { baseColorPng: await png(color), metalRoughPng: await png(rough) };
}

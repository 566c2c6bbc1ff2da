import type { Vec2, Vec3 } from './mesh.ts';
import { blend, fractal, step } from './noise.ts';
import { ruyiCloud, spiral } from './ornament.ts';
import { drawSvg, png, repaint } from './picture.ts';

const [W, H] = [1024, 128];

function path(points: readonly Vec2[], isClosed = false): string {
	return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}${isClosed ? 'Z' : ''}`;
}

/** A whirling flower (旋子) of `petals` curls about a point. */
function whirl(x: number, y: number, r: number, colors: readonly [string, string]): string {
	const petals = Array.from({ length: 9 }, (_, i) => {
		const a = (i / 9) * 2 * Math.PI;
		const c: Vec2 = [x + Math.cos(a) * r * 0.66, y + Math.sin(a) * r * 0.66];
		return `<circle cx="${c[0]}" cy="${c[1]}" r="${r * 0.3}" fill="${colors[i % 2]}" stroke="#e8d9a8" stroke-width="2.2"/><path d="${path(spiral(c, r * 0.2, 1.2, a))}" fill="none" stroke="#f3ead0" stroke-width="2"/>`;
	});
	return `<circle cx="${x}" cy="${y}" r="${r}" fill="#0f2f5c" stroke="#d5a533" stroke-width="3"/>${petals.join('')}<circle cx="${x}" cy="${y}" r="${r * 0.34}" fill="#b4332a" stroke="#d5a533" stroke-width="3"/><circle cx="${x}" cy="${y}" r="${r * 0.15}" fill="#e2b540"/>`;
}

/** The running dragon of the middle field, as gilders abbreviate it: a wave with fins and clouds. */
function dragon(cx: number, s: number): string {
	const body = Array.from({ length: 60 }, (_, i): Vec2 => {
		const t = i / 59;
		return [cx + s * (20 + t * 150), 64 + Math.sin(t * 9.5) * 22 * (1 - 0.4 * t)];
	});
	const spine = path(body);
	const fins = body
		.filter((_, i) => i % 4 === 2)
		.map(([x, y]) => `M${x - 3} ${y - 5}l3 -9l4 8`)
		.join('');
	const [hx, hy] = body[0] as Vec2;
	const clouds = [70, 120, 160]
		.map((d, i) =>
			ruyiCloud([cx + s * d, i % 2 ? 34 : 96], 20)
				.map((l) => path(l))
				.join(''),
		)
		.join('');
	return `<path d="${clouds}" fill="none" stroke="#3f8f6a" stroke-width="3"/><path d="${spine}" fill="none" stroke="#5c3a08" stroke-width="15" stroke-linecap="round"/><path d="${spine}" fill="none" stroke="#e3b23c" stroke-width="11" stroke-linecap="round"/><path d="${spine}" fill="none" stroke="#a8761a" stroke-width="9" stroke-dasharray="2 4"/><path d="${fins}" fill="#e3b23c"/><circle cx="${hx}" cy="${hy}" r="12" fill="#e8ba45" stroke="#5c3a08" stroke-width="2"/><path d="M${hx} ${hy}l${-s * 20} -5l0 9z" fill="#e8ba45"/><circle cx="${hx - s * 3}" cy="${hy - 4}" r="2.6" fill="#fff"/><path d="M${hx + s * 4} ${hy - 8}l${s * 16} -12M${hx + s * 4} ${hy + 8}q${s * 14} 12 ${s * 22} 4" stroke="#e8ba45" stroke-width="3" fill="none"/>`;
}

function side(s: number): string {
	const x = (d: number) => W / 2 + s * d;
	const band = (from: number, to: number, fill: string) =>
		`<rect x="${Math.min(x(from), x(to))}" y="0" width="${Math.abs(to - from)}" height="${H}" fill="${fill}" stroke="#d9c58a" stroke-width="3"/>`;
	const chevron = (d: number, fill: string) =>
		`<path d="M${x(d)} 0L${x(d - 34)} ${H / 2}L${x(d)} ${H}L${x(d + 26)} ${H}L${x(d - 8)} ${H / 2}L${x(d + 26)} 0Z" fill="${fill}" stroke="#e0c06a" stroke-width="3"/>`;
	return [
		band(200, 512, '#1f6b4c'),
		chevron(214, '#123f7a'),
		chevron(240, '#2d8a64'),
		chevron(266, '#123f7a'),
		whirl(x(345), H / 2, 56, ['#2d8a64', '#1d5fa0']),
		...[-1, 1].map(
			(k) =>
				whirl(x(290), H / 2 + k * 62, 26, ['#1d5fa0', '#2d8a64']) +
				whirl(x(402), H / 2 + k * 62, 30, ['#1d5fa0', '#2d8a64']),
		),
		band(420, 436, '#7c1f18'),
		band(436, 486, '#123f7a'),
		band(486, 512, '#7c1f18'),
		whirl(x(461), H / 2, 24, ['#2d8a64', '#123f7a']),
		`<circle cx="${x(461)}" cy="14" r="9" fill="#2d8a64" stroke="#e0c06a" stroke-width="2"/><circle cx="${x(461)}" cy="${H - 14}" r="9" fill="#2d8a64" stroke="#e0c06a" stroke-width="2"/>`,
	].join('');
}

/** The painting of a beam (彩画), blue, green and gold, aged; one picture for all architraves. */
export async function beamPaint(): Promise<Uint8Array> {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${W} ${H}" width="${W}" height="${H}"><rect width="${W}" height="${H}" fill="#1f6b4c"/><path d="M312 0L278 64L312 128H712L746 64L712 0Z" fill="#123f7a" stroke="#e0c06a" stroke-width="4"/>${side(1)}${side(-1)}<path d="M330 8L300 64L330 120H694L724 64L694 8Z" fill="#0e3468" stroke="#e0c06a" stroke-width="4"/>${dragon(W / 2, 1)}${dragon(W / 2, -1)}<circle cx="${W / 2}" cy="64" r="10" fill="#d8432e" stroke="#f0d070" stroke-width="3"/><path d="M${W / 2 - 6} 52q6 -20 12 -26q-2 14 4 26" fill="#f0c04a"/><rect y="1" width="${W}" height="${H - 2}" fill="none" stroke="#e0c06a" stroke-width="5"/></svg>`;
	const fresh = await drawSvg(svg, W, H);
	const aged = repaint(fresh, (c, x, y) => {
		const p: Vec3 = [x * 8, y, 0];
		const dust = 0.12 + 0.2 * step(-0.2, 0.5, fractal(p, 0.5, 4, 221));
		const lost = step(0.3, 0.4, fractal(p, 0.22, 5, 223)) * 0.7;
		return blend(blend(c, [0.42, 0.38, 0.32], dust), [0.36, 0.26, 0.18], lost);
	});
	return png(aged);
}

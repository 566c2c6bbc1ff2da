import sharp from 'sharp';

/** A normal map of fine grooves, all at unit length: filtering alone makes it visibly shorter. */
export async function aNormalMap(px = 128): Promise<{ bytes: Buffer; px: number }> {
	const data = Buffer.alloc(px * px * 3);
	for (let y = 0; y < px; y += 1) {
		for (let x = 0; x < px; x += 1) {
			const [dx, dy] = [0.8 * Math.sin(x * 1.3), 0.8 * Math.cos(y * 0.9)];
			const length = Math.hypot(dx, dy, 1);
			const bytes = [dx, dy, 1].map((v) => Math.round((v / length + 1) * 127.5));
			data.set(bytes, (y * px + x) * 3);
		}
	}
	const raw = { width: px, height: px, channels: 3 } as const;
	return { bytes: await sharp(data, { raw }).png().toBuffer(), px };
}

import sharp from 'sharp';

/** A PNG of noise, which no codec makes small. The same seed gives the same picture. */
export async function noise(px: number, seed: number): Promise<Buffer> {
	const data = Buffer.alloc(px * px * 3);
	let state = (seed + 1) * 2_654_435_761;
	for (let i = 0; i < data.length; i += 1) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		data[i] = state >>> 24;
	}
	return await sharp(data, { raw: { width: px, height: px, channels: 3 } })
		.png()
		.toBuffer();
}

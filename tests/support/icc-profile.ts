type Colorants = readonly [red: Xyz, green: Xyz, blue: Xyz];
type Xyz = readonly [number, number, number];

/** Adobe RGB (1998), adapted to D50 as profiles want it. */
export const ADOBE_RGB: Colorants = [
	[0.60974, 0.31111, 0.01947],
	[0.20528, 0.62567, 0.06087],
	[0.14919, 0.06322, 0.74457],
];
const D50: Xyz = [0.9642, 1, 0.8249];
const HEADER_BYTES = 128;

/** A small ICC profile (version 2, matrix or grey) of our own; a gamma instead of a curve. */
export function anIccProfile(gamma: number, colorants?: Colorants): Buffer {
	const curve = Buffer.alloc(16);
	curve.write('curv', 0, 'latin1');
	curve.writeUInt32BE(1, 8);
	curve.writeUInt16BE(Math.round(gamma * 256), 12);
	const tags: [name: string, data: Buffer][] = [
		['cprt', Buffer.from('text\0\0\0\0CC0\0', 'latin1')],
		['wtpt', xyz(D50)],
	];
	if (colorants === undefined) tags.push(['kTRC', curve]);
	for (const [i, channel] of ['r', 'g', 'b'].entries()) {
		const colorant = colorants?.[i];
		if (colorant) tags.push([`${channel}XYZ`, xyz(colorant)], [`${channel}TRC`, curve]);
	}
	const table = Buffer.alloc(4 + 12 * tags.length);
	table.writeUInt32BE(tags.length, 0);
	let at = HEADER_BYTES + table.length;
	const bodies = tags.map(([name, data], i) => {
		table.write(name, 4 + i * 12, 'latin1');
		table.writeUInt32BE(at, 8 + i * 12);
		table.writeUInt32BE(data.length, 12 + i * 12);
		const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
		at += padded.length;
		return padded;
	});
	const header = Buffer.alloc(HEADER_BYTES);
	header.writeUInt32BE(at, 0);
	header.writeUInt32BE(0x02400000, 8);
	header.write(`mntr${colorants === undefined ? 'GRAY' : 'RGB '}XYZ `, 12, 'latin1');
	header.write('acsp', 36, 'latin1');
	xyz(D50).copy(header, 68, 8);
	return Buffer.concat([header, table, ...bodies]);
}

function xyz(values: Xyz): Buffer {
	const data = Buffer.alloc(20);
	data.write('XYZ ', 0, 'latin1');
	for (const [k, value] of values.entries())
		data.writeInt32BE(Math.round(value * 65536), 8 + k * 4);
	return data;
}

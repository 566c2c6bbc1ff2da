/** A point for tests: metres, Z up; colour 0 to 255. */
export interface TestPoint {
	place: readonly [number, number, number];
	colour: readonly [number, number, number];
	intensity: number;
}

/** Points over a bumpy ball of radius one, evenly and always the same. */
export function somePoints(count: number): TestPoint[] {
	return Array.from({ length: count }, (_, i) => {
		const z = 1 - (2 * (i + 0.5)) / count;
		const flat = Math.sqrt(1 - z * z);
		const turn = i * 2.399963;
		const bump = 1 + 0.08 * Math.sin(5 * turn) * flat;
		return {
			place: [flat * Math.cos(turn) * bump, flat * Math.sin(turn) * bump, z * bump],
			colour: [Math.round(128 + 100 * z), Math.round(90 + 60 * Math.sin(turn)), 70],
			intensity: Math.round(2000 + 1500 * z),
		};
	});
}

/** Bytes of a record of each LAS point format, and where its colour is. */
const LAS_FORMATS: Readonly<Record<number, readonly [bytes: number, rgbAt: number | undefined]>> = {
	0: [20, undefined],
	2: [26, 20],
	3: [34, 28],
	6: [30, undefined],
	7: [36, 30],
};

export interface LasOptions {
	pointFormat?: number;
	origin?: readonly [number, number, number];
	/** Writes 0 to 255 into the 16 bits of a colour, as many programs do. */
	hasByteColours?: boolean;
	/** Variable-length records of the coordinate system, by their numbers. */
	records?: Readonly<Record<number, Buffer>>;
	/** Changes the header before it is written. */
	change?: (head: Buffer) => void;
}

/** A LAS 1.2, or 1.4 for formats from 6 on, with steps of a tenth of a millimetre. */
export function aLas(points: TestPoint[], options: LasOptions = {}): Buffer {
	const {
		pointFormat = 2,
		origin = [0, 0, 0],
		hasByteColours = false,
		records = {},
		change,
	} = options;
	const extra = Object.entries(records).map(([id, body]) => crsRecord(Number(id), body));
	const [recordBytes, rgbAt] = LAS_FORMATS[pointFormat] ?? [20, undefined];
	const isLong = pointFormat >= 6;
	const head = Buffer.alloc(isLong ? 375 : 227);
	head.write('LASF', 0, 'latin1');
	head[24] = 1;
	head[25] = isLong ? 4 : 2;
	head.writeUInt16LE(head.length, 94);
	head.writeUInt32LE(
		extra.reduce((sum, { length }) => sum + length, head.length),
		96,
	);
	head.writeUInt32LE(extra.length, 100);
	head[104] = pointFormat;
	head.writeUInt16LE(recordBytes, 105);
	if (isLong) head.writeBigUInt64LE(BigInt(points.length), 247);
	else head.writeUInt32LE(points.length, 107);
	for (let k = 0; k < 3; k += 1) {
		head.writeDoubleLE(0.0001, 131 + k * 8);
		head.writeDoubleLE(origin[k] ?? 0, 155 + k * 8);
	}
	change?.(head);
	const body = Buffer.alloc(recordBytes * points.length);
	const colourScale = hasByteColours ? 1 : 257;
	for (const [i, { place, colour, intensity }] of points.entries()) {
		const at = i * recordBytes;
		for (const [k, value] of place.entries()) {
			body.writeInt32LE(Math.round(value / 0.0001), at + k * 4);
		}
		body.writeUInt16LE(intensity, at + 12);
		if (rgbAt === undefined) continue;
		for (const [k, value] of colour.entries()) {
			body.writeUInt16LE(value * colourScale, at + rgbAt + k * 2);
		}
	}
	return Buffer.concat([head, ...extra, body]);
}

function crsRecord(id: number, body: Buffer): Buffer {
	const head = Buffer.alloc(54);
	head.write('LASF_Projection', 2, 'latin1');
	head.writeUInt16LE(id, 18);
	head.writeUInt16LE(body.length, 20);
	return Buffer.concat([head, body]);
}

/** A GeoTIFF directory: keys with short values, or with the place of a double (record 34736). */
export function aGeoKeys(keys: readonly (readonly [key: number, value: number, where?: number])[]) {
	const words = keys.flatMap(([key, value, where = 0]) => [key, where, 1, value]);
	return Buffer.from(Uint16Array.from([1, 1, 0, keys.length, ...words]).buffer);
}

/**
 * 60 points in a LAZ of three chunks of unequal size, made once with laspy 2.7 and lazrs 0.8: point i
 * lies at (441000 + i/4, 4426000 + (i mod 7)/2, 90 + (i mod 5)/8), has intensity 10i and, of 65,535,
 * the colour (1000i, 500i, 65535 - 1000i). laz-perf only reads.
 */
export function aLaz(): Buffer {
	return Buffer.from(LAZ.join(''), 'base64');
}

const LAZ = [
	'TEFTRgAAAAAAAAAAAAAAAAAAAAAAAAAAAQJPVEhFUgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGxhc3B5IDIuNy',
	'4wAAAAAAAAAAAAAAAAAAAAAAAAAAAASQHqB+MARwEAAAEAAACCGgA8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD8qfHS',
	'TWJQP/yp8dJNYlA//Knx0k1iUD8AAAAAoOoaQQAAAABE4lBBAAAAAACAVkAAAAAA2+oaQQAAAACg6hpBAAAAwETiUE',
	'EAAAAAROJQQQAAAAAAoFZAAAAAAACAVkAAAGxhc3ppcCBlbmNvZGVkAAC8Vi4AYnkgbGF6LXJzIG9mIExBWnBlcmYA',
	'AAAAAAAAAAAAAAACAAAAAgIAAAAAAAD//////////////////////////wIABgAUAAIACAAGAAIARwQAAAAAAAAAAA',
	'AAAAAAAAAAAAAAAAAAAAAAAAAAAAD//0ETkru2fKMbQunN9uoiVMgFm6ate3BheTBV7vtekLCYa2j3OkjKoVGoA9Fb',
	'SYVxidcnNWE2v++OJyzg9czx0nkPGebSR3voDSeLvKoTfTPQ/Rgjt2TCW4nDvCJMX6kaohF1SSsdkpP2UofWy4KaRR',
	'TRDX5p8XO177NzsuAqhcDZNIQljnos+ylqKOWucymw/9uDg77YqEa/2kdNCyo1nOgmKQB1V2ZYkhEAm4l4LPMzz5tt',
	'8qaaS7vZDZ9OuFuwAAAAmhAAANwFAAD6AAAAqgAAAAAAAABoQjQhl71CC6mxNiC6HxIW5vI8TndtmThj9icsTvv8B0',
	'72BrC52QiGKBYGmhaHF1PaqbdnKglFypO9Fpjd+Q0wGXLMSvmW6yn282GUv6g91JfNJlQC/6P2PVu8nR+nVo7Ld4S+',
	'igkGUIptdWfElyqUGe7TVhRsIBtBr2I5DAJHoDqLUqCx7gcTiSrfs92GYe8CmvsqRXfokqy/T7fJwSotk7vgjt2Ai0',
	'Q0dvnSSVeX/aEehxUXPLpXFddgxExD+eRKtRYOKc0YP7D1ucf2Q/ApyDuiu4UA0jH1K5fnqQzQPFbt2tk8D/18nIG7',
	'Bep0aU/X2lCc0geUg8aXbLxFCcgza2aOnIb/86dsL7ywOKpZ8Z8AAAAKKAAAuAsAAH0AAACaAQAAAAAAACigFFDXX0',
	'JPBED2SLtbmdtjrA8X9LOk8/upnkPQLk7Gtq4jVshGl8dRdfFUXQD61g9mdaR3FmExmtS2ACry/MHFdeZ7LmzEu4qh',
	'O+ykd07IXyevYmFwnKV/K69roy+M70WTC7zCfETvbjL8ujpV/tmrFcflwTzSwQ6bgXvciR5OzH00P1XsxxKb9Xy5Xd',
	'zkpyoleMK4xOuTmrCbYMUrZX6O3SpLZ4nR5xYNAwF2LEhsmmSWnxffFIlVodWCDp596JDUc+R5XCKikYv4xaC6VxXX',
	'YMRMQ/nkSrtqhTL7AAAAAAAAAAMAAAAquVKauINO+AAAAA==',
];

import type { PointCloud } from '../point-cloud.ts';
import { PointCollector } from '../point-collector.ts';
import type { RangeReader } from '../range-reader.ts';
import { type LasHeader, RGB_AT } from './las-header.ts';

/** Turns plain LAS records, from wherever they come, into points. */
export class LasRecords {
	readonly #header: LasHeader;
	readonly #rgbAt: number | undefined;
	readonly #points: PointCollector;

	/** `header.count` must have been proven against the file's size. */
	constructor(header: LasHeader, name: string) {
		this.#header = header;
		this.#rgbAt = RGB_AT[header.pointFormat];
		const traits = { hasColours: this.#rgbAt !== undefined, hasNormals: false, hasIntensity: true };
		this.#points = new PointCollector(header.count, traits, name);
	}

	/** Takes `count` records that lie one after the other from the start of `bytes`. */
	take(bytes: DataView, count: number): void {
		const { recordBytes, scale, offset } = this.#header;
		const points = this.#points;
		const [sx, sy, sz] = scale;
		const [ox, oy, oz] = offset;
		const rgbAt = this.#rgbAt;
		for (let i = 0, at = 0; i < count; i += 1, at += recordBytes) {
			points.intensity = bytes.getUint16(at + 12, true);
			if (rgbAt !== undefined) {
				points.red = bytes.getUint16(at + rgbAt, true);
				points.green = bytes.getUint16(at + rgbAt + 2, true);
				points.blue = bytes.getUint16(at + rgbAt + 4, true);
			}
			points.add(
				bytes.getInt32(at, true) * sx + ox,
				bytes.getInt32(at + 4, true) * sy + oy,
				bytes.getInt32(at + 8, true) * sz + oz,
			);
		}
	}

	/** The cloud with what the header says about its coordinate system as a finding. */
	finish(file: RangeReader): PointCloud {
		const cloud = this.#points.finish(file.name, 'words-or-bytes');
		const { crs } = this.#header;
		if (crs !== undefined) {
			cloud.findings.push({ code: 'coordinate-system', level: 'info', values: { crs: crs.name } });
		}
		if (cloud.intensity?.every((value) => value === cloud.intensity?.[0])) {
			cloud.intensity = undefined;
		}
		return { ...cloud, isMetric: true, crs };
	}
}

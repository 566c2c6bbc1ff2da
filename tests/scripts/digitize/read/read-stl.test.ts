import { describe, expect, it } from 'vitest';
import { COLOUR_MAX, LINEAR_OF_BYTE } from '../../../../scripts/digitize/colour.ts';
import { examine } from '../../../../scripts/digitize/health/examine.ts';
import { sniff } from '../../../../scripts/digitize/intake/sniff.ts';
import type { Mesh } from '../../../../scripts/digitize/mesh/mesh.ts';
import { readStl } from '../../../../scripts/digitize/read/read-stl.ts';
import { aBall, anStl } from '../../../support/meshes.ts';
import { sourceOf } from '../source-of.ts';

const parse = (bytes: Uint8Array) => readStl(sourceOf('scan.stl', bytes));

/** The colours of a triangle's corners, RGBA. */
function coloursOf({ indices, colours }: Mesh, triangle: number): number[][] {
	const corners = [...indices.subarray(triangle * 3, triangle * 3 + 3)];
	return corners.map((vertex) => [...(colours?.subarray(vertex * 4, vertex * 4 + 4) ?? [])]);
}

describe('reading STL', () => {
	it('gives a closed mesh from binary and from text', () => {
		for (const isText of [false, true]) {
			const { mesh } = parse(anStl(aBall(), isText));
			expect(mesh.indices.length).toBe(aBall().indices.length);
			const health = examine(mesh).health;
			expect(health).toMatchObject({ boundaryEdges: 0, nonManifoldEdges: 0 });
			expect(health.signedVolume).toBeGreaterThan(3.5);
		}
	});

	it('reads text that starts late, in capitals, with several solids', () => {
		const text = anStl(aBall(40), true).toString();
		const late = `\n\n; written by a scanner\n${text.toUpperCase()}${text}`;
		const source = sourceOf('scan.stl', late);
		expect(sniff(source)).toBe('stl');
		expect(readStl(source).mesh.indices.length).toBe(aBall(40).indices.length * 2);
	});

	it('is not misled by a binary file that begins with "solid"', () => {
		const bytes = anStl();
		bytes.write('solid facet', 0, 'latin1');
		expect(parse(bytes).mesh.indices.length).toBe(aBall().indices.length);
	});

	it('reads colours of facets, in either custom', () => {
		const red = [LINEAR_OF_BYTE[255], 0, 0, COLOUR_MAX];
		const whole = [0, LINEAR_OF_BYTE[255], 0, COLOUR_MAX];
		const white = [COLOUR_MAX, COLOUR_MAX, COLOUR_MAX, COLOUR_MAX];
		const visCam = anStl(aBall(40));
		visCam.writeUInt16LE(0x8000 | (31 << 10), 84 + 48);
		expect(coloursOf(parse(visCam).mesh, 0)).toEqual([red, red, red]);
		expect(coloursOf(parse(visCam).mesh, 1)).toEqual([white, white, white]);
		const magics = anStl(aBall(40));
		magics.write('COLOR=\0\u00ff\0\u00ff', 0, 'latin1');
		magics.writeUInt16LE(31, 84 + 48);
		magics.writeUInt16LE(0x8000, 84 + 50 + 48);
		expect(coloursOf(parse(magics).mesh, 0)).toEqual([red, red, red]);
		expect(coloursOf(parse(magics).mesh, 1)).toEqual([whole, whole, whole]);
		const health = examine(parse(magics).mesh).health;
		expect(health.boundaryEdges).toBe(examine(parse(anStl(aBall(40))).mesh).health.boundaryEdges);
	});
});

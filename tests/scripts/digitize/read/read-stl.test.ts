import { describe, expect, it } from 'vitest';
import { examine } from '../../../../scripts/digitize/health/examine.ts';
import { readStl } from '../../../../scripts/digitize/read/read-stl.ts';
import { aBall, anStl } from '../../../support/meshes.ts';
import { sourceOf } from '../source-of.ts';

const parse = (bytes: Uint8Array) => readStl(sourceOf('scan.stl', bytes));

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

	it('is not misled by a binary file that begins with "solid"', () => {
		const bytes = anStl();
		bytes.write('solid facet', 0, 'latin1');
		expect(parse(bytes).mesh.indices.length).toBe(aBall().indices.length);
	});
});

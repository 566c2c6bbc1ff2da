import { describe, expect, it } from 'vitest';
import { examine } from '../../../../scripts/digitize/health/examine.ts';
import { sniff } from '../../../../scripts/digitize/intake/sniff.ts';
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
});

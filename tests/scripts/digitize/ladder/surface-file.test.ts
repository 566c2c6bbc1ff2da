import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shareSurface } from '../../../../scripts/digitize/ladder/share-surface.ts';
import { readSurface, writeSurface } from '../../../../scripts/digitize/ladder/surface-file.ts';
import { plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { aBall } from '../../../support/meshes.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ball = aBall(500);
const count = ball.positions.length / 3;
const mesh = {
	positions: Float32Array.from(ball.positions),
	normals: Float32Array.from(ball.normals),
	uvs: undefined,
	colours: Uint16Array.from(ball.colours, (v) => v * 65535),
	materialOf: Uint16Array.from({ length: count }, (_, i) => i % 3),
	indices: Uint32Array.from(ball.indices),
};
const materials = ['石', 'bronze', ''].map(plainMaterial);

describe('a surface on its way', () => {
	it('comes back from its file as it was', async () => {
		await using place = await temporaryFolder('surface');
		const path = join(place.path, 'surface.bin');
		await writeSurface(path, { mesh, materials });
		const back = await readSurface(path);
		expect(back.materials).toEqual(materials);
		expect(back.mesh).toEqual(mesh);
	});

	it('is shared with threads without being copied twice', () => {
		const shared = shareSurface({ mesh, materials });
		expect(shared.mesh).toEqual(mesh);
		expect(shared.mesh.positions.buffer).toBeInstanceOf(SharedArrayBuffer);
		expect(shareSurface(shared).mesh.indices).toBe(shared.mesh.indices);
	});
});

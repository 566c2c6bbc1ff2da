import {
	Box3,
	BoxGeometry,
	BufferAttribute,
	BufferGeometry,
	DoubleSide,
	Group,
	Mesh,
	MeshBasicMaterial,
	Triangle,
	Vector3,
} from 'three';
import { describe, expect, it } from 'vitest';
import { type PickSurface, pickSurfaceOf } from '../../../../client/engine/pick/pick-surface.ts';
import { freeAfterUpload } from '../../../../client/engine/subject/free-after-upload.ts';
import { aLowTier } from './pieces.ts';

/** A box of 2×4×6 at (1, 2, 3), below a node that is scaled to a tenth. */
function aBox(scaleX = 0.1) {
	const geometry: BufferGeometry = new BoxGeometry(2, 4, 6);
	const mesh = new Mesh(geometry, new MeshBasicMaterial());
	mesh.position.set(1, 2, 3);
	const root = new Group();
	const node = new Group();
	node.scale.set(scaleX, 0.1, 0.1);
	root.add(node.add(mesh));
	return { root, mesh };
}

const boundsOf = (surface: PickSurface) => new Box3().setFromArray(surface.positions);

/** How many triangles look away from the middle of a surface. */
function outward({ positions, indices }: PickSurface): number {
	const middle = new Box3().setFromArray(positions).getCenter(new Vector3());
	const corner = (i: number) => new Vector3().fromArray(positions, (indices[i] ?? 0) * 3);
	let count = 0;
	for (let i = 0; i < indices.length; i += 3) {
		const triangle = new Triangle(corner(i), corner(i + 1), corner(i + 2));
		const away = triangle.getMidpoint(new Vector3()).sub(middle);
		if (triangle.getNormal(new Vector3()).dot(away) > 0) count += 1;
	}
	return count;
}

describe('the surface of a tier', () => {
	it('is that of a file of the pipeline, in metres', async () => {
		const root = await aLowTier('glazed-ridge-beast.glb');
		const meshes = root.getObjectsByProperty('isMesh', true).filter((node) => node instanceof Mesh);
		expect(meshes.length).toBeGreaterThan(0);
		for (const { geometry } of meshes) {
			expect(geometry.getAttribute('position').array).not.toBeInstanceOf(Float32Array);
		}
		const surface = pickSurfaceOf(root);
		const drawn = new Box3().setFromObject(root, true);
		expect(boundsOf(surface).min.distanceTo(drawn.min)).toBeLessThan(1e-7);
		expect(boundsOf(surface).max.distanceTo(drawn.max)).toBeLessThan(1e-7);
		expect(surface.indices.length / 3).toBeGreaterThan(20_000);
		expect(surface.indices.length / 3).toBeLessThanOrEqual(25_000);
	});

	it('has the transforms of nodes in it, but not where the piece stands', () => {
		const { root } = aBox();
		const stand = new Group();
		stand.position.set(5, 6, 7);
		stand.rotation.y = 1;
		stand.add(root);
		const { min, max } = boundsOf(pickSurfaceOf(root));
		expect(min.distanceTo(new Vector3(0, 0, 0))).toBeLessThan(1e-6);
		expect(max.distanceTo(new Vector3(0.2, 0.4, 0.6))).toBeLessThan(1e-6);
	});

	it('looks outward, mirrored or not', () => {
		expect(outward(pickSurfaceOf(aBox().root))).toBe(12);
		expect(outward(pickSurfaceOf(aBox(-0.1).root))).toBe(12);
	});

	it('reads normalised positions as the numbers they stand for', () => {
		const { root, mesh } = aBox();
		const whole = Int16Array.from([0, 0, 0, 32_767, 0, 0, 0, -32_767, 0]);
		mesh.geometry = new BufferGeometry();
		mesh.geometry.setAttribute('position', new BufferAttribute(whole, 3, true));
		const { min, max } = boundsOf(pickSurfaceOf(root));
		expect(min.distanceTo(new Vector3(0.1, 0.1, 0.3))).toBeLessThan(1e-6);
		expect(max.distanceTo(new Vector3(0.2, 0.2, 0.3))).toBeLessThan(1e-6);
	});

	it('joins several meshes, with an index or without', () => {
		const { root, mesh } = aBox();
		const other = new Mesh(mesh.geometry.toNonIndexed(), mesh.material);
		other.position.x = 10;
		root.add(other);
		const surface = pickSurfaceOf(root);
		expect(surface.indices).toHaveLength(72);
		expect(surface.positions).toHaveLength((24 + 36) * 3);
		expect(boundsOf(surface).max.x).toBeCloseTo(11);
	});

	it('has backs where a material is drawn from both sides', () => {
		const { root, mesh } = aBox();
		expect(pickSurfaceOf(root).isDoubleSided).toBe(false);
		mesh.material.side = DoubleSide;
		expect(pickSurfaceOf(root).isDoubleSided).toBe(true);
	});

	it('is refused when its vertex data were freed', () => {
		const { root, mesh } = aBox();
		freeAfterUpload(root);
		expect(pickSurfaceOf(root).indices).toHaveLength(36);
		const position = mesh.geometry.getAttribute('position');
		if (position instanceof BufferAttribute) position.onUploadCallback();
		expect(() => pickSurfaceOf(root)).toThrow('vertex data are gone');
	});
});

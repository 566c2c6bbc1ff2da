import { type bbox, getBounds, NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer';
import { beforeAll, describe, expect, it } from 'vitest';
import { entranceRoom } from '#schema/exhibit/entrance-room';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { artefactOf, type Piece } from '#schema/exhibit/piece';
import type { Vector3Tuple } from '#schema/value/geometry';
import { records, repeated, scans, sourceModelExists, sourceModelPath } from './read-collection.ts';

const exhibits = records('exhibits');
const artefacts = records('artefacts');
const artefactIds = new Set(artefacts.map((a) => a.id));
const museumIds = new Set(records('museums').map((m) => m.id));

/** Room a visitor needs between two pieces, and between a piece and the entrance. */
const PASSAGE_M = 1.5;

const io = new NodeIO()
	.registerExtensions(ALL_EXTENSIONS)
	.registerDependencies({ 'meshopt.decoder': MeshoptDecoder });

interface Model {
	size: bbox;
	/** World positions of its vertices, N×3, metres. */
	points: Float64Array;
}

async function loadModel(file: string): Promise<Model> {
	const root = (await io.read(sourceModelPath(file))).getRoot();
	const scene = root.listScenes()[0];
	if (!scene) throw new Error(`${file}: has no scene`);
	const points: number[] = [];
	for (const node of root.listNodes()) {
		const [a, b, c, , d, e, f, , g, h, i, , x, y, z] = node.getWorldMatrix();
		for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
			const position = primitive.getAttribute('POSITION');
			for (let n = 0; position && n < position.getCount(); n++) {
				const [u = 0, v = 0, w = 0] = position.getElement(n, []);
				points.push(
					a * u + d * v + g * w + x,
					b * u + e * v + h * w + y,
					c * u + f * v + i * w + z,
				);
			}
		}
	}
	return { size: getBounds(scene), points: Float64Array.from(points) };
}

/** Every source model that is there, by artefact. */
const models = new Map<string, Model>();

beforeAll(async () => {
	for (const scan of scans()) {
		if (sourceModelExists(scan.file)) models.set(scan.artefact, await loadModel(scan.file));
	}
});

const modelBounds = (piece: Piece) => models.get(artefactOf(piece) ?? '')?.size;

function distanceM({ points }: Model, [x, y, z]: Vector3Tuple): number {
	let nearest = Infinity;
	for (let n = 0; n < points.length; n += 3) {
		const away = [
			(points[n] ?? 0) - x,
			(points[n + 1] ?? 0) - y,
			(points[n + 2] ?? 0) - z,
		] as const;
		nearest = Math.min(nearest, away[0] ** 2 + away[1] ** 2 + away[2] ** 2);
	}
	return Math.sqrt(nearest);
}

function gapM(a: Piece, b: Piece): number {
	const apart = Math.hypot(a.positionM[0] - b.positionM[0], a.positionM[2] - b.positionM[2]);
	return apart - (a.plinth.widthM + b.plinth.widthM) / 2;
}

function isInside(exhibit: Exhibit, at: Vector3Tuple, marginM: number): boolean {
	const [width, height, depth] = entranceRoom(exhibit).room.sizeM;
	return (
		Math.abs(at[0]) + marginM <= width / 2 &&
		Math.abs(at[2]) + marginM <= depth / 2 &&
		at[1] >= 0 &&
		at[1] <= height
	);
}

describe.each(exhibits.map((exhibit) => ({ name: exhibit.name.en ?? exhibit.id, exhibit })))(
	'the exhibit $name',
	({ exhibit }) => {
		const { pieces } = exhibit;

		it('belongs to a museum and shows at least six pieces that exist', () => {
			expect(museumIds.has(exhibit.museum)).toBe(true);
			expect(pieces.length).toBeGreaterThanOrEqual(6);
			expect(pieces.filter((p) => !artefactIds.has(artefactOf(p) ?? '')).map((p) => p.id)).toEqual(
				[],
			);
			expect(repeated(pieces.map((p) => p.id))).toEqual([]);
			expect(pieces.flatMap((p) => repeated(p.hotspots.map((h) => h.id)))).toEqual([]);
		});

		it('keeps every piece, text and light inside the room', () => {
			const out = [
				...pieces.filter((p) => !isInside(exhibit, p.positionM, p.plinth.widthM / 2)),
				...exhibit.texts.filter((t) => !isInside(exhibit, t.positionM, 0)),
			].map((thing) => thing.id);
			expect(out).toEqual([]);
			const lights = exhibit.lights.filter(
				(light) => light.kind !== 'fill' && !isInside(exhibit, light.positionM, 0),
			);
			expect(lights).toEqual([]);
		});

		it('leaves a passage between any two pieces and before the entrance', () => {
			const tight = pieces.flatMap((a, i) =>
				pieces
					.slice(i + 1)
					.filter((b) => gapM(a, b) < PASSAGE_M)
					.map((b) => `${a.id} – ${b.id}: ${gapM(a, b).toFixed(2)} m`),
			);
			expect(tight).toEqual([]);
			const [x, , z] = exhibit.entrance.positionM;
			const blocking = pieces.filter(
				(p) => Math.hypot(p.positionM[0] - x, p.positionM[2] - z) - p.plinth.widthM / 2 < PASSAGE_M,
			);
			expect(blocking.map((p) => p.id)).toEqual([]);
		});

		it('lights the room with one key, one fill and a spot on every piece', () => {
			const kinds = exhibit.lights.map((light) => light.kind);
			expect(kinds.filter((kind) => kind === 'key')).toHaveLength(1);
			expect(kinds.filter((kind) => kind === 'fill')).toHaveLength(1);
			const spots = exhibit.lights.flatMap((light) => (light.kind === 'spot' ? [light] : []));
			const dark = pieces.filter(
				(p) =>
					!spots.some(
						({ piece, targetM }) =>
							piece === p.id && targetM[0] === p.positionM[0] && targetM[2] === p.positionM[2],
					),
			);
			expect(dark.map((p) => p.id)).toEqual([]);
		});

		it('stands its texts on walls, facing into the room', () => {
			const astray = exhibit.texts.filter((text) => {
				const [x, , z] = text.positionM;
				const ahead = [x + Math.sin(text.yawRad), 1, z + Math.cos(text.yawRad)] as const;
				return (
					!isInside(exhibit, [...ahead], 0) || Math.hypot(ahead[0], ahead[2]) > Math.hypot(x, z)
				);
			});
			expect(astray.map((text) => text.id)).toEqual([]);
		});

		it('shows pieces that fit under the ceiling, on a plinth wide enough to stand on', () => {
			const wrong = pieces.flatMap((piece) => {
				const size = modelBounds(piece);
				if (!size) return [];
				const topM = piece.plinth.heightM + (size.max[1] - size.min[1]) * piece.scale;
				const standsOn = Math.min(size.max[0] - size.min[0], size.max[2] - size.min[2]);
				const fits =
					topM < entranceRoom(exhibit).room.sizeM[1] &&
					standsOn * piece.scale <= piece.plinth.widthM;
				return fits
					? []
					: [`${piece.id}: ${topM.toFixed(2)} m high, ${standsOn.toFixed(2)} m deep`];
			});
			expect(wrong).toEqual([]);
		});

		it('puts every hotspot on the surface of its piece, not in the air beside it', () => {
			const wrong = pieces.flatMap((piece) => {
				const model = models.get(artefactOf(piece) ?? '');
				return piece.hotspots
					.filter(({ at }) => at.kind === 'point' && model && distanceM(model, at.positionM) > 0.02)
					.map((hotspot) => `${piece.id}.${hotspot.id}`);
			});
			expect(wrong).toEqual([]);
		});
	},
);

describe('the source models', () => {
	it('are as large as their records say, rest on y = 0 and stand over the origin', () => {
		const wrong = artefacts.flatMap((artefact) => {
			const size = models.get(artefact.id)?.size;
			if (!size) return [];
			const { widthM, heightM, depthM } = artefact.registration.dimensions ?? {};
			const said = [widthM, heightM, depthM];
			const off = said.filter((value, i) => {
				const real = (size.max[i] ?? 0) - (size.min[i] ?? 0);
				return value !== undefined && Math.abs(value - real) > Math.max(0.012, real * 0.06);
			});
			const middle = [0, 2].map((i) => Math.abs((size.max[i] ?? 0) + (size.min[i] ?? 0)) / 2);
			const astray = Math.abs(size.min[1]) > 0.01 || middle.some((m) => m > 0.1);
			return off.length > 0 || astray ? [`${artefact.id}: ${said.join(' × ')} m`] : [];
		});
		expect(wrong).toEqual([]);
	});
});

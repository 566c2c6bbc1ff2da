import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import { softCorners } from '../surface/curve.ts';
import { finish, type Piece } from '../surface/finish.ts';
import { beamPaint } from '../surface/gate-paint.ts';
import { GATE } from '../surface/gate-plan.ts';
import { gateStone } from '../surface/gate-stone.ts';
import { architraves, brackets, purlins, rafters } from '../surface/gate-timber.ts';
import { gateWalls } from '../surface/gate-walls.ts';
import { handledWood, timber } from '../surface/matter.ts';
import { type Mesh, merge, tint, type Vec3, type Vertex } from '../surface/mesh.ts';
import { blend } from '../surface/noise.ts';
import { rectBody } from '../surface/rect-body.ts';
import { roofRidges } from '../surface/roof-ridges.ts';
import { roofTiles } from '../surface/roof-tiles.ts';

const plain = (name: string, roughness: number, metalness = 0): DemoMaterial => ({
	name,
	baseColor: [1, 1, 1, 1],
	roughness,
	metalness,
});

/** The walnut plinth of the model, moulded at its edge. */
function plinth(): Mesh {
	const top = GATE.plinthTopM;
	const profile = softCorners(
		[
			[-0.03, 0],
			[0, 0],
			[0, 0.006],
			[-0.004, 0.01],
			[-0.004, 0.013],
			[-0.01, 0.018],
			[-0.013, top],
			[-0.05, top],
		],
		0.002,
	);
	const inward = [0.08, 0.12, 0.16, 0.2, 0.24, 0.305].map((d) => [-d, top] as const);
	const m = rectBody({
		levels: [...profile, ...inward].map(([out, y]): Vec3 => [0.43 + out, 0.305 + out, y]),
		cornerM: 0.006,
		across: { front: 48, side: 34, back: 48 },
		carvingM: () => 0,
	});
	return tint(m, ({ p }) => timber(p, 0, [0.3, 0.18, 0.1], [0.12, 0.065, 0.035], 5));
}

/** Paint under eaves keeps its colour; soot gathers where air does not move. */
function sooted({ color }: Vertex, open: number): Vec3 {
	return blend([color[0] * 0.22, color[1] * 0.2, color[2] * 0.18], color, 0.3 + 0.7 * open ** 0.6);
}

/** Glaze is washed by rain: only the lee of a ridge stays dark. */
function rained({ color }: Vertex, open: number): Vec3 {
	return blend([color[0] * 0.3, color[1] * 0.28, color[2] * 0.26], color, 0.4 + 0.6 * open);
}

/** 殿门 (示例): a timber hall gate with bracket sets and a glazed hip-and-gable roof, at 1:20. */
export async function hallGate(): Promise<DemoPart[]> {
	const { tiles, boards } = roofTiles();
	const ridges = roofRidges();
	const pieces: Piece[] = [
		{ material: plain('walnut', 0.5), mesh: plinth(), age: handledWood },
		{ material: plain('stone', 0.9), mesh: gateStone() },
		{ material: plain('lacquer', 0.5), mesh: merge([await gateWalls(), ridges.red]), age: sooted },
		{
			material: { ...plain('painted-beam', 0.6), baseColorPng: await beamPaint() },
			mesh: merge([architraves(), purlins()]),
			isTextured: true,
			age: sooted,
		},
		{
			material: plain('painted-timber', 0.62),
			mesh: merge([brackets(), rafters(), boards]),
			age: sooted,
		},
		{ material: plain('glaze', 0.24), mesh: merge([tiles, ridges.glaze]), age: rained },
		{
			material: plain('gilt', 0.35, 0.8),
			mesh: tint(ridges.gold, [0.86, 0.64, 0.26]),
			age: sooted,
		},
	];
	return finish(pieces, 0.035, 12);
}

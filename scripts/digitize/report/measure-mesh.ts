import type { Finding, MeshMeasures, MeshReport } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import { COLOUR_MAX } from '../colour.ts';
import { describeTextures, type TextureHealth } from '../health/describe-textures.ts';
import type { Healed } from '../health/heal.ts';
import { measureUv, type UvHealth } from '../health/measure-uv.ts';
import { boundsOf } from '../mesh/inspect.ts';
import type { Material, Mesh, Scan } from '../mesh/mesh.ts';
import { METRES, type Oriented } from '../mesh/orient.ts';
import { distinct } from './distinct.ts';
import { colourFindings, frameFindings, shapeFindings } from './findings-of.ts';
import { round } from './round.ts';

/** The part of a mesh's report that is known before any tier is made: plain JSON, fit for a cache. */
export type MeasuredMesh = Pick<MeshReport, 'unit' | 'up' | 'measures' | 'findings'>;

/**
 * Gathers what was found in a mesh and done to it, in numbers. `materials` are those of
 * `oriented.mesh`. No dates, no paths, no timings: equal in, equal out.
 */
export async function measureMesh(
	scan: Scan,
	healed: Healed,
	oriented: Oriented,
	materials: Material[],
): Promise<MeasuredMesh> {
	const { mesh, unit, up } = oriented;
	const uv = measureUv(mesh, materials, scan.textures);
	const textures = await describeTextures(scan.textures, materials);
	const hasVertexColours = isPainted(mesh);
	const isColoured = hasVertexColours || materials.some(hasColour);
	const mm = METRES[unit.value] * 1000;
	const findings = distinct([
		...scan.findings,
		...healed.findings,
		...frameFindings(unit, up),
		...oriented.findings,
		...shapeFindings(healed.health, mm),
		...colourFindings(uv, textures, isColoured),
	]);
	const found = { uv, textures, materials: materials.length, hasVertexColours };
	const measures = measuresOf(healed, boundsOf(mesh.positions), mm, found);
	return { unit, up, measures, findings: findings.map(rounded) };
}

/** What was found in the colours of a mesh. */
interface Colours {
	uv: UvHealth | undefined;
	textures: TextureHealth[];
	materials: number;
	hasVertexColours: boolean;
}

function measuresOf(
	healed: Healed,
	bounds: Bounds,
	mm: number,
	{ uv, textures, materials, hasVertexColours }: Colours,
): MeshMeasures {
	const { health, duplicateVertices, unusedVertices, flippedTriangles } = healed;
	const { pieces, holes, winding, area } = health;
	const { min, max } = bounds;
	const side = (k: 0 | 1 | 2) => round((max[k] - min[k]) * 1000);
	const volume = Math.abs(winding.mendedVolume);
	const surface = area > 0 ? area / (area + holes.area) : 0;
	return {
		vertices: health.vertices,
		triangles: health.triangles,
		bounds,
		sizeMm: [side(0), side(1), side(2)],
		duplicateVertices,
		unusedVertices,
		degenerateTriangles: health.degenerateTriangles,
		duplicateTriangles: health.duplicateTriangles,
		coincidentTriangles: health.coincidentTriangles,
		backToBackTriangles: health.backToBackTriangles,
		flippedTriangles,
		boundaryEdges: health.boundaryEdges,
		nonManifoldEdges: health.nonManifoldEdges,
		components: pieces.components,
		largestComponentShare: round(pieces.largestShare),
		fragments: pieces.fragments,
		fragmentsShare: round(pieces.fragmentsShare),
		holes: holes.holes,
		rims: holes.rims,
		largestHolePerimeterMm: round(holes.largestPerimeter * mm),
		holesAreaMm2: round(holes.area * mm * mm),
		euler: health.euler,
		isWatertight: health.isWatertight,
		isOrientable: winding.twistedPatches === 0,
		areaMm2: round(area * mm * mm),
		...(health.isWatertight && volume > 0 ? { volumeMm3: round(volume * mm * mm * mm) } : {}),
		meanEdgeMm: round(health.meanEdge * mm),
		materials,
		hasVertexColours,
		textures,
		...(uv === undefined ? {} : { uv: uvOf(uv) }),
		indicators: {
			surfaceCompleteness: round(surface),
			...(uv === undefined ? {} : { textureCompleteness: round(uv.painted) }),
			...(uv?.density === undefined ? {} : { textureResolutionPxPerMm: round(uv.density.p50) }),
			geometricResolutionMm: round(health.meanEdge * mm),
		},
	};
}

function uvOf({ coverage, overlap, outside, density }: UvHealth): MeshMeasures['uv'] {
	return {
		...(coverage === undefined ? {} : { coverage: round(coverage) }),
		...(overlap === undefined ? {} : { overlap: round(overlap) }),
		outside: round(outside),
		...(density === undefined
			? {}
			: {
					texelDensityPxPerMm: {
						p5: round(density.p5),
						p50: round(density.p50),
						p95: round(density.p95),
					},
				}),
	};
}

/** Whether any vertex has a colour of its own. */
function isPainted({ colours }: Mesh): boolean {
	return colours?.some((channel, i) => i % 4 !== 3 && channel !== COLOUR_MAX) ?? false;
}

/** Whether a material without a picture is anything but white. */
function hasColour({ baseColor, emissive }: Material): boolean {
	return baseColor.slice(0, 3).some((v) => v < 0.999) || emissive.some((v) => v > 0);
}

function rounded(finding: Finding): Finding {
	const values = Object.entries(finding.values).map(([name, value]) => [
		name,
		typeof value === 'number' ? round(value) : value,
	]);
	return { ...finding, values: Object.fromEntries(values) };
}

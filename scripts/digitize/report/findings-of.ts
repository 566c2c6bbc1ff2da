import type { Finding, MeshReport } from '#schema/asset/digitize-report';
import type { TextureHealth } from '../health/describe-textures.ts';
import type { Health } from '../health/examine.ts';
import type { UvHealth } from '../health/measure-uv.ts';

type Values = Finding['values'];

/** Below this confidence a guess deserves a look. */
const SURE = { unit: 0.9, up: 0.75 };
/** So many pieces beside the triangles are no surface. */
const LOOSE_SHARE = 1 / 4;
const LOOSE_LEAST = 100;
/** Fragments that are more of the surface than this together are parts of the piece. */
const DEBRIS_SHARE = 0.02;
/** A surface whose openings are less than this of it has an inside. */
const OPEN_SHARE = 0.25;
/** Shares of a texture or surface that are worth a word. */
const OVERLAP_SHARE = 0.02;
const REPEAT_SHARE = 0.01;
const UNPAINTED_SHARE = 0.01;
/** Texels this much finer in one place than in another show. */
const UNEVEN = 8;

/** What a curator should know about the shape of a surface; `mm` is the length of its unit. */
export function shapeFindings(health: Health, mm: number): Finding[] {
	const { pieces, holes, winding, nonManifoldEdges, area } = health;
	const { coincidentTriangles, backToBackTriangles, triangles } = health;
	const isLoose = pieces.components > Math.max(LOOSE_LEAST, triangles * LOOSE_SHARE);
	const openArea = holes.area + holes.rimArea;
	const isInsideOut =
		openArea > 0 && openArea < OPEN_SHARE * area && winding.mendedVolume + holes.capVolume < 0;
	const found: (Finding | false)[] = [
		isLoose && warning('triangles-apart', { components: pieces.components }),
		holes.holes > 0 &&
			warning('holes-left', {
				holes: holes.holes,
				largestPerimeterMm: holes.largestPerimeter * mm,
				areaShare: holes.area / (area + holes.area),
			}),
		!isLoose &&
			pieces.fragments > 0 &&
			pieces.fragmentsShare < DEBRIS_SHARE &&
			warning('fragments-loose', {
				fragments: pieces.fragments,
				areaShare: pieces.fragmentsShare,
			}),
		nonManifoldEdges > 0 && warning('non-manifold-edges', { edges: nonManifoldEdges }),
		winding.twistedPatches > 0 &&
			warning('surface-not-orientable', { surfaces: winding.twistedPatches }),
		coincidentTriangles > 0 &&
			warning('coincident-triangles-left', { triangles: coincidentTriangles }),
		isInsideOut && warning('perhaps-inside-out', {}),
		backToBackTriangles > 0 && info('back-to-back-triangles', { triangles: backToBackTriangles }),
	];
	return found.filter((finding) => finding !== false);
}

/** Guesses about the frame of a scan that a curator should confirm. */
export function frameFindings(unit: MeshReport['unit'], up: MeshReport['up']): Finding[] {
	const found: Finding[] = [];
	if (unit.how === 'detected' && unit.confidence < SURE.unit) {
		found.push(warning('unit-guessed', { confidence: unit.confidence, unit: unit.value }));
	}
	if (up.how === 'detected') {
		const say = up.confidence < SURE.up ? warning : info;
		found.push(say('up-guessed', { confidence: up.confidence, axis: up.value }));
	}
	return found;
}

/** What a curator should know about colours; `isColoured`: without any picture, by other means. */
export function colourFindings(
	uv: UvHealth | undefined,
	textures: readonly TextureHealth[],
	isColoured: boolean,
): Finding[] {
	const found: (Finding | false)[] = [...(uv === undefined ? [] : uvFindings(uv, isColoured))];
	const colours = textures.filter(({ roles }) =>
		roles.some((role) => role === 'baseColor' || role === 'emissive'),
	);
	const profiled = colours.filter(({ profile }) => profile !== undefined && !/srgb/i.test(profile));
	const deep = textures.filter(({ depth }) => depth !== 'uchar');
	const odd = colours.filter(({ space }) => space === 'cmyk' || space === 'lab');
	const names = (of: (texture: TextureHealth) => string | undefined, from: TextureHealth[]) =>
		[...new Set(from.map(of))].sort().join(', ');
	found.push(
		!isColoured && (uv?.painted ?? 0) === 0 && warning('colour-missing', {}),
		profiled.length > 0 &&
			info('texture-profile-converted', {
				textures: profiled.length,
				profile: names((t) => t.profile, profiled),
			}),
		odd.length > 0 &&
			info('texture-space-converted', {
				textures: odd.length,
				space: names((t) => t.space.toUpperCase(), odd),
			}),
		deep.length > 0 && info('texture-depth-reduced', { textures: deep.length }),
	);
	return found.filter((finding) => finding !== false);
}

function uvFindings(uv: UvHealth, isColoured: boolean): (Finding | false)[] {
	const { overlap = 0, outside, painted, density } = uv;
	const repeats = outside > REPEAT_SHARE;
	const isUneven = density !== undefined && density.p95 > density.p5 * UNEVEN;
	return [
		painted > 0 &&
			painted < 1 - UNPAINTED_SHARE &&
			!isColoured &&
			warning('texture-part-missing', { share: 1 - painted }),
		repeats && info('texture-repeats', { share: outside }),
		!repeats && overlap > OVERLAP_SHARE && info('texture-overlap', { share: overlap }),
		isUneven && info('texture-uneven', { p5: density.p5, p95: density.p95 }),
	];
}

function warning(code: string, values: Values): Finding {
	return { code, level: 'warning', values };
}

function info(code: string, values: Values): Finding {
	return { code, level: 'info', values };
}

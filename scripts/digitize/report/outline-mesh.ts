import type { Finding, MeshReport } from '#schema/asset/digitize-report';
import { toSentence } from './outline-plain.ts';
import type { Sentence } from './words.ts';

type Unsaid = Omit<MeshReport, 'sentences'>;
type Section = 'size' | 'shape' | 'mended' | 'colour' | 'rest';

/** Where findings belong when they are read; others by their level. */
const SECTIONS: Readonly<Record<string, Section>> = {
	'unit-guessed': 'size',
	'up-guessed': 'size',
	'size-unlikely': 'size',
	'holes-left': 'shape',
	'fragments-loose': 'shape',
	'triangles-apart': 'shape',
	'non-manifold-edges': 'shape',
	'surface-not-orientable': 'shape',
	'coincident-triangles-left': 'shape',
	'back-to-back-triangles': 'shape',
	'perhaps-inside-out': 'shape',
	'normals-computed': 'mended',
	'shown-from-both-sides': 'mended',
	'colour-missing': 'colour',
	'texture-overlap': 'colour',
	'texture-repeats': 'colour',
	'texture-uneven': 'colour',
	'texture-part-missing': 'colour',
	'texture-profile-converted': 'colour',
	'texture-depth-reduced': 'colour',
	'texture-space-converted': 'colour',
	'texture-missing': 'colour',
	'texture-left-out': 'colour',
	'map-left-out': 'colour',
	'material-file-missing': 'colour',
	'second-uv-left-out': 'colour',
};

/** What to say of a mesh, in the order to be read. */
export function outlineMesh(report: Unsaid): Sentence[] {
	const found = (section: Section): Sentence[] =>
		report.findings
			.filter((finding) => sectionOf(finding) === section && !isNothing(finding))
			.map(toSentence);
	return [
		...sizeOf(report),
		...found('size'),
		...shapeOf(report),
		...found('shape'),
		...completenessOf(report),
		...found('mended'),
		...colourOf(report),
		...found('colour'),
		...truthOf(report),
		...found('rest'),
	];
}

/** A piece that stood in its place already was not moved to speak of. */
function isNothing({ code, values }: Finding): boolean {
	return code === 'recentred' && Object.values(values).every((v) => Math.abs(Number(v)) < 0.0005);
}

function sectionOf({ code, level }: Finding): Section {
	return SECTIONS[code] ?? (level === 'fixed' ? 'mended' : 'rest');
}

function sizeOf({ measures, unit }: Unsaid): Sentence[] {
	const [widthMm, heightMm, depthMm] = measures.sizeMm;
	const said: Sentence[] = [{ key: 'mesh.size', values: { widthMm, heightMm, depthMm } }];
	const isTold = unit.how !== 'detected';
	if (isTold || unit.confidence >= 0.9) {
		said.push({ key: `mesh.unit-${unit.how}`, values: { unit: unit.value } });
	}
	return said;
}

function shapeOf({ measures }: Unsaid): Sentence[] {
	const { triangles, meanEdgeMm, components, holes, rims, volumeMm3 } = measures;
	const hasRelief = measures.textures.some(({ roles }) => roles.includes('normal'));
	const detail = hasRelief ? 'mesh.detail-relief' : 'mesh.detail';
	const said: Sentence[] = [{ key: detail, values: { triangles, meanEdgeMm } }];
	if (volumeMm3 !== undefined) said.push({ key: 'mesh.closed', values: { volumeMm3 } });
	else if (measures.isWatertight) said.push({ key: 'mesh.closed-flat', values: {} });
	else if (holes === 0 && rims > 0) said.push({ key: 'mesh.sheet', values: {} });
	if (components > 1) {
		const { largestComponentShare } = measures;
		said.push({ key: 'mesh.parts', values: { components, largestComponentShare } });
	}
	return said;
}

function completenessOf({ measures }: Unsaid): Sentence[] {
	const { surfaceCompleteness } = measures.indicators;
	return measures.holes === 0
		? []
		: [{ key: 'mesh.completeness', values: { surfaceCompleteness } }];
}

function colourOf({ measures }: Unsaid): Sentence[] {
	const { textures, uv, hasVertexColours, meanEdgeMm } = measures;
	const pictures = textures.filter(({ roles }) =>
		roles.some((role) => role === 'baseColor' || role === 'emissive'),
	);
	const said: Sentence[] = [];
	const shown = pictures.length > 0 ? pictures : textures.filter(({ roles }) => roles.length > 0);
	const largest = shown.toSorted((a, b) => b.megapixels - a.megapixels)[0];
	if (largest !== undefined) {
		const { widthPx, heightPx } = largest;
		const key = pictures.length > 0 ? 'mesh.textures' : 'mesh.relief';
		said.push({ key, values: { textures: shown.length, widthPx, heightPx } });
	}
	const pxPerMm = uv?.texelDensityPxPerMm?.p50;
	if (pxPerMm !== undefined && pxPerMm > 0) {
		said.push({ key: 'mesh.texels', values: { pxPerMm, texelMm: 1 / pxPerMm } });
	}
	if (uv?.coverage !== undefined) {
		said.push({ key: 'mesh.coverage', values: { coverage: uv.coverage } });
	}
	if (hasVertexColours) {
		const key = pictures.length > 0 ? 'mesh.tinted' : 'mesh.vertex-colours';
		said.push({ key, values: { meanEdgeMm } });
	}
	return said;
}

function truthOf({ measures, deviations }: Unsaid): Sentence[] {
	const finest = deviations?.at(-1);
	if (finest !== undefined) {
		const { maxM, samples } = finest;
		return [{ key: 'mesh.deviation', values: { samples, maxM } }];
	}
	const { accuracyM } = measures.indicators;
	return accuracyM === undefined ? [] : [{ key: 'mesh.accuracy', values: { accuracyM } }];
}

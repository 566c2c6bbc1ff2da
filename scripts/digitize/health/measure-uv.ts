import type { Material, Mesh, SourceTexture } from '../mesh/mesh.ts';
import { TriangleRuler } from './triangle-ruler.ts';
import { UvGrid } from './uv-grid.ts';
import { WeightedHistogram } from './weighted-histogram.ts';

/** How textures lie on a surface; shares of 1. */
export interface UvHealth {
	/** Share of the textures' area that is used, and share of that used more than once. */
	coverage: number | undefined;
	overlap: number | undefined;
	/** Share of the surface with maps whose coordinates leave 0 to 1. */
	outside: number;
	/** Share of the whole surface that has its colours from a picture. */
	painted: number;
	/** Texels along a millimetre, at shares of the area with maps. */
	density: { p5: number; p50: number; p95: number } | undefined;
}

/** Cells and rows visited at most: about half a second. */
const MAX_VISITS = 1 << 26;
/** Coordinates this near to the square are in it. */
const SLACK = 1 / 1024;

/**
 * Measures texture coordinates. `mesh` in metres, so that densities are texels a millimetre of the
 * artefact. Undefined where no map lies on it. Linear and bounded, whatever
 * the coordinates; 16 MB for up to 256 pictures.
 */
export function measureUv(
	mesh: Mesh,
	materials: readonly Material[],
	textures: readonly SourceTexture[],
): UvHealth | undefined {
	const { uvs } = mesh;
	if (uvs === undefined) return undefined;
	const sheets = sheetsOf(materials, textures);
	if (sheets.every((sheet) => sheet === undefined)) return undefined;
	return new UvMeasurement(mesh, uvs, sheets).measure();
}

/** The picture of a material that says most, and the cells of its square. */
interface Sheet {
	grid: UvGrid;
	pixels: number;
	isColour: boolean;
}

/** Of several maps of a material, the first of these is measured. */
const ROLES = ['baseColor', 'emissive', 'normal', 'occlusion', 'metallicRoughness'] as const;

function sheetsOf(
	materials: readonly Material[],
	textures: readonly SourceTexture[],
): (Sheet | undefined)[] {
	const numbers = materials.map(
		({ maps }) => maps[ROLES.find((r) => maps[r]) ?? 'normal']?.texture,
	);
	const different = new Set(numbers).size;
	const side = different <= 16 ? 1024 : different <= 64 ? 512 : different <= 256 ? 256 : 64;
	const byTexture = new Map<number, Sheet>();
	return numbers.map((number, i) => {
		const texture = number === undefined ? undefined : textures[number];
		if (number === undefined || texture === undefined) return undefined;
		const sheet = byTexture.get(number) ?? {
			grid: new UvGrid(side),
			pixels: texture.widthPx * texture.heightPx,
			isColour: hasPicture(materials[i]),
		};
		byTexture.set(number, sheet);
		return sheet;
	});
}

function hasPicture(material: Material | undefined): boolean {
	return (material?.maps.baseColor ?? material?.maps.emissive) !== undefined;
}

class UvMeasurement {
	readonly #mesh: Mesh;
	readonly #uvs: Float32Array;
	readonly #sheets: (Sheet | undefined)[];
	readonly #densities = new WeightedHistogram();
	#budget = MAX_VISITS;
	#area = 0;
	#mapped = 0;
	#painted = 0;
	#outside = 0;

	constructor(mesh: Mesh, uvs: Float32Array, sheets: (Sheet | undefined)[]) {
		this.#mesh = mesh;
		this.#uvs = uvs;
		this.#sheets = sheets;
	}

	measure(): UvHealth {
		const { indices, positions, materialOf } = this.#mesh;
		const ruler = new TriangleRuler(positions);
		for (let t = 0; t < indices.length; t += 3) {
			const [a, b, c] = [indices[t] ?? 0, indices[t + 1] ?? 0, indices[t + 2] ?? 0];
			ruler.measure(a, b, c);
			const area = ruler.doubleArea / 2;
			this.#area += area;
			const sheet = this.#sheets[materialOf[a] ?? 0];
			if (sheet !== undefined) this.#add(sheet, area, a, b, c);
		}
		const share = (part: number, whole: number) => (whole > 0 ? Math.min(part / whole, 1) : 0);
		return {
			...this.#usage(),
			outside: share(this.#outside, this.#mapped),
			painted: share(this.#painted, this.#area),
			density: this.#density(),
		};
	}

	#add(sheet: Sheet, area: number, a: number, b: number, c: number): void {
		const uvs = this.#uvs;
		const u = uvs[a * 2] ?? 0;
		const v = uvs[a * 2 + 1] ?? 0;
		const doubleUvArea = Math.abs(
			((uvs[b * 2] ?? 0) - u) * ((uvs[c * 2 + 1] ?? 0) - v) -
				((uvs[c * 2] ?? 0) - u) * ((uvs[b * 2 + 1] ?? 0) - v),
		);
		if (!(doubleUvArea > 0 && doubleUvArea < Number.POSITIVE_INFINITY)) return;
		this.#mapped += area;
		if (sheet.isColour) this.#painted += area;
		if (!(this.#isInside(a) && this.#isInside(b) && this.#isInside(c))) this.#outside += area;
		const texels = (doubleUvArea / 2) * sheet.pixels;
		if (area > 0) this.#densities.add(Math.sqrt(texels / area) / 1000, area);
		if (this.#budget >= 0) this.#budget -= sheet.grid.draw(uvs, a, b, c, this.#budget);
	}

	#isInside(vertex: number): boolean {
		const u = this.#uvs[vertex * 2] ?? 0;
		const v = this.#uvs[vertex * 2 + 1] ?? 0;
		return u >= -SLACK && u <= 1 + SLACK && v >= -SLACK && v <= 1 + SLACK;
	}

	/** Of the sheets that something lies on, weighted by their pixels. */
	#usage(): Pick<UvHealth, 'coverage' | 'overlap'> {
		if (this.#budget < 0) return { coverage: undefined, overlap: undefined };
		let whole = 0;
		let used = 0;
		let doubled = 0;
		for (const sheet of new Set(this.#sheets)) {
			if (sheet === undefined) continue;
			const counted = sheet.grid.count();
			whole += sheet.pixels;
			used += sheet.pixels * (counted.used / sheet.grid.cells);
			doubled += sheet.pixels * (counted.doubled / sheet.grid.cells);
		}
		return { coverage: used / whole, overlap: used > 0 ? doubled / used : 0 };
	}

	#density(): UvHealth['density'] {
		const [p5, p50, p95] = [0.05, 0.5, 0.95].map((share) => this.#densities.quantile(share));
		if (p5 === undefined || p50 === undefined || p95 === undefined) return undefined;
		return { p5, p50, p95 };
	}
}

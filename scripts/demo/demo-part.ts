/** Linear RGBA, 0 to 1. */
export type LinearRgba = readonly [red: number, green: number, blue: number, alpha: number];

/** A physical surface: what light meets. Factors are glTF's; pictures are PNG bytes. */
export interface DemoMaterial {
	readonly name: string;
	/** Linear. Multiplied with the vertex colours and the picture, where there are any. */
	readonly baseColor: LinearRgba;
	readonly roughness: number;
	readonly metalness: number;
	readonly doubleSided?: boolean;
	readonly baseColorPng?: Uint8Array;
	/** Tangent space, +Y up the picture (OpenGL's way). */
	readonly normalPng?: Uint8Array;
	/** Green is roughness, blue is metalness. */
	readonly metalRoughPng?: Uint8Array;
}

/**
 * A piece of a demo object with one material. Metres, +Y up, right-handed, triangles counter-clockwise
 * from outside; the object as a whole stands on y = 0 with its middle over the origin.
 */
export interface DemoPart {
	readonly material: DemoMaterial;
	/** N×3. */
	readonly positions: Float32Array;
	/** N×3, unit length. */
	readonly normals: Float32Array;
	/** N×3 or N×4, sRGB bytes; the writer makes them linear. */
	readonly colors?: Uint8Array;
	/** N×2, glTF's way: v runs down the picture. */
	readonly uvs?: Float32Array;
	readonly indices: Uint32Array;
}

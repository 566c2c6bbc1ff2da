import type { TypedArray } from '@gltf-transform/core';

/** Numbers of one kind, `width` an element, as they are stored. */
export interface Column {
	array: TypedArray;
	count: number;
	width: number;
	/** Whole numbers that stand for shares of 1. */
	isNormalized: boolean;
}

/** A primitive whose numbers can be read. Its arrays may be those of the file: change them only to keep them. */
export interface DecodedPrimitive {
	/** As glTF numbers them. */
	mode: number;
	attributes: ReadonlyMap<string, Column>;
	indices: Column | undefined;
}

import type { Json } from '../cache/canonical-json.ts';

/** An interface of plain values is JSON, which its type cannot say. */
export function asJson(value: object): Json {
	return value as unknown as Json;
}

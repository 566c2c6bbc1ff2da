import type { Resource } from '#schema/record/resources';

/** The node of what belongs to no single museum. */
export const CLUSTER = 'cluster';

/**
 * The node (a museum, or the cluster) that a record belongs to by what its document says: a museum to
 * itself, what names a museum to that one, a tradition to the first it names. The document may still
 * be incomplete.
 */
export function ownerOf(
	resource: Resource,
	document: { id: string; museum?: unknown; museums?: unknown },
): string {
	if (resource === 'museums') return document.id;
	if (typeof document.museum === 'string') return document.museum;
	const first = Array.isArray(document.museums) ? document.museums[0] : undefined;
	return resource === 'traditions' && typeof first === 'string' ? first : CLUSTER;
}

import type { Resource } from '#schema/record/resources';

/** Which record. */
export interface RecordName {
	resource: Resource;
	id: string;
}

/** How messages and the register of acts name a record. */
export function nameOf({ resource, id }: RecordName): string {
	return `${resource}/${id}`;
}

/** What the register of acts calls a record. */
export function subjectOf(name: RecordName): string {
	return `record/${nameOf(name)}`;
}

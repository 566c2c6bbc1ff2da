import type { Resource } from './resources.ts';

/** Records of one resource that a page brings along, whole or as lists show them, each as the API answers it. */
export interface FirstAnswer {
	resource: Resource;
	kind: 'records' | 'summaries';
	items: readonly { id: string }[];
}

/** Names the element of a page that holds its `FirstAnswer`s, as JSON. */
export const FIRST_RECORD_ID = 'first-record';

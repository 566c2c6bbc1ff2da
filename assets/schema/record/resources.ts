/** The resources of the catalogue, under the plural that names their address and their file in `assets/collection`. */
export const RESOURCES = [
	'museums',
	'artefacts',
	'traditions',
	'libraries',
	'places',
	'exhibits',
	'tours',
	'articles',
	'stories',
] as const;

export type Resource = (typeof RESOURCES)[number];

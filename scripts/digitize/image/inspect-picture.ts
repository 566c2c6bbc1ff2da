import type { Finding } from '#schema/asset/digitize-report';
import { FORMATS, type Format } from '../intake/formats.ts';
import { recipeOptions } from '../options.ts';
import { refuse } from '../refusal-error.ts';
import { REPORT_FILE } from '../result-files.ts';
import { toolVersions } from '../tool-versions.ts';
import type { Work } from '../work.ts';
import { type OpenPicture, openPicture } from './open-picture.ts';
import { type PictureFacts, readPictureFacts } from './read-picture-facts.ts';

/** A picture whose header and notes have been read. */
export interface InspectedPicture {
	picture: OpenPicture;
	facts: PictureFacts;
	pxPerMm?: number;
	findings: Finding[];
}

/** Opens a picture, flat or all round, and reads what it says of itself. Throws `RefusalError`. */
export async function inspectPicture(
	{ source, begin }: Work,
	format: Format,
): Promise<InspectedPicture> {
	if (FORMATS[format].kind !== 'image') {
		refuse('structure-invalid', `${source.name} holds no picture — leave --kind away`);
	}
	await begin('inspect', 0.05);
	const picture = await openPicture(source);
	return { picture, ...readPictureFacts(picture.header) };
}

/** What the manifests of pictures end with. */
export async function pictureParts({ options }: Work) {
	const recipe = { tools: await toolVersions(), options: recipeOptions(options) };
	return { report: REPORT_FILE, recipe };
}

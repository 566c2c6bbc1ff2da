import { z } from 'zod';

/** Rights statements a record may be published under: Creative Commons or RightsStatements.org URIs. */
export const rightsUri = z
	.string()
	.regex(
		/^https?:\/\/(?:creativecommons\.org\/(?:licenses|publicdomain)\/[a-z-]+\/\d\.\d\/|rightsstatements\.org\/vocab\/[A-Za-z-]+\/1\.0\/)$/,
		'a Creative Commons or RightsStatements.org URI, with its closing slash',
	)
	.meta({ id: 'RightsUri', example: 'https://creativecommons.org/publicdomain/zero/1.0/' });

export const CC0_URI = 'https://creativecommons.org/publicdomain/zero/1.0/';

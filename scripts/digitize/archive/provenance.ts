import { type AssetManifest, isSpatial } from '#schema/asset/asset-manifest';

/** A file as provenance knows it. */
export interface ProvenFile {
	/** Its path from the root of the payload: `original/…` or `derivatives/…`. */
	id: string;
	bytes: number;
	sha256: string;
}

interface Activity {
	name: string;
	/** Which derivatives it made, by their path in the result. */
	made: RegExp;
	/** Which derivatives it was made from; without it, the originals. */
	used?: RegExp;
	/** Of the Library of Congress's preservation events. */
	event: string;
}

/** The tiers that pictures are drawn from. */
const DRAWN_FROM = /^(?:low|mid)\.glb$/;

/** Every step that leaves files, in the order they run; a file belongs to the first that fits. */
const ACTIVITIES: readonly Activity[] = [
	{ name: 'compress', made: /\.br$/, used: /^(?:thumb|low|mid|high)\.glb$/, event: 'com' },
	{ name: 'transcode', made: /\.ktx2\.glb$/, used: /^(?:low|mid|high)\.glb$/, event: 'nor' },
	{ name: 'simplify', made: /^(?:thumb|low|mid|high)\.(?:glb|spz|sog)$/, event: 'nor' },
	{ name: 'picture', made: /^(?:poster|card-\d+)\.webp$/, used: DRAWN_FROM, event: 'cre' },
	{ name: 'turntable', made: /^turntable\.webp$/, used: DRAWN_FROM, event: 'cre' },
	{ name: 'ar', made: /^model\.usdz$/, used: DRAWN_FROM, event: 'nor' },
	{ name: 'tile', made: /^(?:tiles|iiif|faces)\//, event: 'nor' },
	{ name: 'inspect', made: /^report\.json$/, event: 'val' },
	{ name: 'describe', made: /^manifest\.json$/, used: /^(?!manifest\.json$)/, event: 'cre' },
	{ name: 'convert', made: /./, event: 'nor' },
];

const EVENTS = 'http://id.loc.gov/vocabulary/preservation/eventType/';

const CONTEXT = {
	prov: 'http://www.w3.org/ns/prov#',
	premis: 'http://www.loc.gov/premis/rdf/v3/',
	crmdig: 'http://www.ics.forth.gr/isl/CRMdig/',
	xishan: 'urn:xishan:',
	used: { '@id': 'prov:used', '@type': '@id' },
	wasGeneratedBy: { '@id': 'prov:wasGeneratedBy', '@type': '@id' },
	wasDerivedFrom: { '@id': 'prov:wasDerivedFrom', '@type': '@id' },
	wasAssociatedWith: { '@id': 'prov:wasAssociatedWith', '@type': '@id' },
	eventType: { '@id': 'premis:eventType', '@type': '@id' },
	bytes: 'premis:size',
	sha256: 'xishan:sha256',
	parameters: { '@id': 'xishan:parameters', '@type': '@json' },
	tools: { '@id': 'xishan:tools', '@type': '@json' },
	measuredDeviationM: 'xishan:measuredDeviationM',
	triangles: 'xishan:triangles',
	texturePx: 'xishan:texturePx',
};

/**
 * Tells where every file comes from, as PROV-O in JSON-LD: files are entities with their hashes, steps
 * are activities with tool, version and parameters; PREMIS and CRMdig name the same things for
 * archives that speak these. No dates: the same input gives the same record.
 */
export function provenance(
	manifest: AssetManifest,
	originals: ProvenFile[],
	derivatives: ProvenFile[],
): Record<string, unknown> {
	const made = new Map<Activity, ProvenFile[]>();
	for (const file of derivatives) {
		const activity = ACTIVITIES.find(({ made: fits }) => fits.test(nameOf(file)));
		if (activity !== undefined) made.set(activity, [...(made.get(activity) ?? []), file]);
	}
	const { tools, options } = manifest.recipe;
	const agent = `#xishan@${tools.xishan ?? 'unknown'}`;
	const sources = originals.map(({ id }) => id);
	const graph: Record<string, unknown>[] = [
		{ '@id': agent, '@type': ['prov:SoftwareAgent', 'premis:SoftwareAgent'], tools },
		...originals.map((file) =>
			entity(file, ['prov:Entity', 'premis:File', 'crmdig:D1_Digital_Object']),
		),
	];
	for (const activity of ACTIVITIES) {
		const files = made.get(activity);
		if (files === undefined) continue;
		const used = usedBy(activity, derivatives, sources);
		graph.push({
			'@id': `#${activity.name}`,
			'@type': ['prov:Activity', 'premis:Event', 'crmdig:D10_Software_Execution'],
			eventType: `${EVENTS}${activity.event}`,
			wasAssociatedWith: agent,
			used,
			parameters: options,
		});
		for (const file of files) {
			graph.push({
				...entity(file, ['prov:Entity', 'premis:File']),
				wasGeneratedBy: `#${activity.name}`,
				wasDerivedFrom: sources,
				...measured(manifest, file),
			});
		}
	}
	return { '@context': CONTEXT, '@graph': graph };
}

function usedBy({ used }: Activity, derivatives: ProvenFile[], sources: string[]): string[] {
	if (used === undefined) return sources;
	const found = derivatives.filter((file) => used.test(nameOf(file))).map(({ id }) => id);
	return found.length > 0 ? found : sources;
}

function entity({ id, bytes, sha256 }: ProvenFile, types: string[]): Record<string, unknown> {
	return { '@id': id, '@type': types, bytes, sha256 };
}

/** What was measured of a tier. */
function measured(manifest: AssetManifest, file: ProvenFile): Record<string, unknown> {
	if (!isSpatial(manifest)) return {};
	const tier = manifest.tiers.find((t) => t.file === nameOf(file));
	if (tier === undefined) return {};
	const { errorM, triangles, texturePx } = tier;
	return { measuredDeviationM: errorM, triangles, texturePx };
}

function nameOf({ id }: ProvenFile): string {
	return id.slice(id.indexOf('/') + 1);
}

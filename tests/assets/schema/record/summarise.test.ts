import { expect, it } from 'vitest';
import { RESOURCES } from '#schema/record/resources';
import { summarise } from '#schema/record/summarise';
import { EXHIBIT_FIRST_MAX, SUMMARY_SCHEMAS } from '#schema/record/summary';
import { records } from '../../read-collection.ts';

it.each(RESOURCES)('%s of the collection are summed up as lists promise', (resource) => {
	for (const record of records(resource)) {
		const model = resource === 'artefacts' ? { poster: null, asset: null } : {};
		const summary = { ...summarise(resource, record), ...model };
		expect(SUMMARY_SCHEMAS[resource].parse(summary)).toEqual(summary);
		expect(JSON.stringify(summary).length).toBeLessThan(JSON.stringify(record).length);
	}
});

it('an exhibit names the first artefacts that stand in it, for a picture', () => {
	const [exhibit] = records('exhibits');
	if (!exhibit) throw new Error('the collection has no exhibit');
	const { pieces, artefacts } = summarise('exhibits', exhibit);
	expect(pieces).toBe(exhibit.pieces.length);
	expect(artefacts).toHaveLength(EXHIBIT_FIRST_MAX);
});

import { expect, it } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { ByTurns } from '../../../scripts/build/by-turns.ts';

/** As much of a file's entry as sorting looks at. */
function spec(project: string, name: string, groupOrder: number): TestSpecification {
	const config = { sequence: { groupOrder }, isolate: true };
	return { moduleId: name, project: { name: project, config } } as TestSpecification;
}

it('lets the projects of a group take turns, longest files first, after the groups before', async () => {
	const seconds: Record<string, number> = { short: 1, long: 3, middle: 2, part: 1, piece: 5 };
	const duration = ({ moduleId }: TestSpecification) => seconds[moduleId];
	const cache = {
		getTestSpecificationResult: (file: TestSpecification) => ({ duration: duration(file) }),
	};
	const sequencer = new ByTurns({ cache } as unknown as Vitest);
	const journeys = ['one', 'other'].flatMap((world) =>
		['short', 'long', 'middle'].map((name) => spec(world, name, 1)),
	);
	const parts = [spec('parts', 'part', 0), spec('parts', 'piece', 0)];
	const sorted = await sequencer.sort([...journeys, ...parts]);
	expect(sorted.map(({ project, moduleId }) => `${project.name} ${moduleId}`)).toEqual([
		'parts piece',
		'parts part',
		'one long',
		'other long',
		'one middle',
		'other middle',
		'one short',
		'other short',
	]);
});

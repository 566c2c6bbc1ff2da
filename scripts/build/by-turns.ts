import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Lets the projects of a group take turns, file by file: two journeys of one world wait for each
 * other, those of two worlds do not. Vitest itself ends one project before it begins the next.
 */
export class ByTurns extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const met = new Map<string, number>();
		const turns = new Map<TestSpecification, number>();
		for (const file of sorted) {
			const turn = met.get(file.project.name) ?? 0;
			turns.set(file, turn);
			met.set(file.project.name, turn + 1);
		}
		const groupOf = (file: TestSpecification) => file.project.config.sequence.groupOrder;
		const turnOf = (file: TestSpecification) => turns.get(file) ?? 0;
		return sorted.sort((a, b) => groupOf(a) - groupOf(b) || turnOf(a) - turnOf(b));
	}
}

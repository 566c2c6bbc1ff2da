import { describe, expect, it } from 'vitest';
import { entranceRoom } from '#schema/exhibit/entrance-room';
import { exhibit } from '#schema/exhibit/exhibit';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { artefactOf } from '#schema/exhibit/piece';
import { readFrozen } from '../../../support/frozen-documents.ts';

/** Two rooms with a door, a beast and a picture; see the fixture. */
const twoRooms = (): Exhibit => exhibit.parse(readFrozen('exhibit-2-rich.json'));

/** Where a changed exhibit is refused, as dotted paths. */
function faultsOf(change: (of: Exhibit) => void): string[] {
	const document = twoRooms();
	change(document);
	return (exhibit.safeParse(document).error?.issues ?? []).map((issue) => issue.path.join('.'));
}

describe('an exhibit', () => {
	it.each<[string, (of: Exhibit) => void]>([
		['entrance.room', (e) => Object.assign(e.entrance, { room: 'cellar' })],
		['doors.0.from', (e) => Object.assign(e.doors[0] ?? {}, { from: 'cellar' })],
		['doors.0.to', (e) => Object.assign(e.doors[0] ?? {}, { to: 'cellar' })],
		['pieces.0.room', (e) => Object.assign(e.pieces[0] ?? {}, { room: 'cellar' })],
		['pieces.1.shows.medium', (e) => Object.assign(e.pieces[1]?.shows ?? {}, { medium: 'film' })],
		['pieces.0.hotspots.0.media.0', (e) => e.pieces[0]?.hotspots[0]?.media.splice(0, 1, 'film')],
		['texts.0.room', (e) => Object.assign(e.texts[0] ?? {}, { room: 'cellar' })],
		['lights.1.room', (e) => Object.assign(e.lights[1] ?? {}, { room: 'cellar' })],
		['lights.2.piece', (e) => Object.assign(e.lights[2] ?? {}, { piece: 'ghost' })],
		['sound.0.room', (e) => Object.assign(e.sound[0] ?? {}, { room: 'cellar' })],
		['sound.0.medium', (e) => Object.assign(e.sound[0] ?? {}, { medium: 'film' })],
	])('that names in %s what it lacks is refused there', (path, change) => {
		expect(faultsOf(change)).toEqual([path]);
	});

	it('has each of its parts under a name of its own', () => {
		expect(faultsOf((e) => e.rooms.push(...e.rooms.slice(1)))).toEqual(['rooms.2.id']);
		expect(faultsOf((e) => e.pieces.push(...e.pieces.slice(1)))).toEqual(['pieces.2.id']);
		expect(faultsOf((e) => e.pieces[0]?.hotspots.push(...e.pieces[0].hotspots.slice(2)))).toEqual([
			'pieces.0.hotspots.3.id',
		]);
	});

	it('has no door from a room to itself, and no hull of fewer than four points', () => {
		expect(faultsOf((e) => Object.assign(e.doors[0] ?? {}, { to: 'first' }))).toEqual(['doors.0']);
		const flat = { kind: 'hull', pointsM: Array(3).fill([0, 0, 0]) };
		expect(faultsOf((e) => Object.assign(e.pieces[0]?.hotspots[2] ?? {}, { at: flat }))).toEqual([
			'pieces.0.hotspots.2.at.pointsM',
		]);
	});

	it('is entered by one room, with only what is in it', () => {
		const { room, pieces, texts, lights } = entranceRoom(twoRooms());
		expect(room.id).toBe('first');
		expect([pieces, texts, lights].map((list) => list.map(({ id }) => id))).toEqual([
			['beast'],
			['title'],
			['key', 'spot'],
		]);
	});

	it('shows an artefact or a medium, never both', () => {
		expect(twoRooms().pieces.map(artefactOf)).toEqual(['glazed-ridge-beast', undefined]);
		const both = { artefact: 'glazed-ridge-beast', medium: 'wall' };
		expect(faultsOf((e) => Object.assign(e.pieces[0] ?? {}, { shows: both }))).toEqual([
			'pieces.0.shows.kind',
		]);
	});
});

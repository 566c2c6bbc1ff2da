import type { z } from 'zod';
import { checkUniqueIds } from '../value/unique-ids.ts';
import type { Piece } from './piece.ts';

type Named = readonly { id: string }[];
interface InRoom {
	id: string;
	room: string;
}

/** What of an exhibit names other parts of it. */
interface ExhibitParts {
	rooms: Named;
	doors: readonly { id: string; from: string; to: string }[];
	entrance: { room: string };
	pieces: readonly Piece[];
	texts: readonly InRoom[];
	lights: readonly (InRoom & { piece?: string | undefined })[];
	sound: readonly (InRoom & { medium: string })[];
	media: Named;
}

/** One part of an exhibit naming another: where it says so, in which list the other must be, and its id. */
type Naming = [path: string, list: 'rooms' | 'pieces' | 'media', id: string | undefined];

function namingsOfPiece(piece: Piece, at: string): Naming[] {
	const { shows } = piece;
	return [
		[`${at}.room`, 'rooms', piece.room],
		[`${at}.shows.medium`, 'media', shows.kind === 'medium' ? shows.medium : undefined],
		...piece.hotspots.flatMap((hotspot, i) =>
			hotspot.media.map((id, n): Naming => [`${at}.hotspots.${i}.media.${n}`, 'media', id]),
		),
	];
}

function namingsOf(exhibit: ExhibitParts): Naming[] {
	return [
		['entrance.room', 'rooms', exhibit.entrance.room],
		...exhibit.doors.flatMap(({ from, to }, i): Naming[] => [
			[`doors.${i}.from`, 'rooms', from],
			[`doors.${i}.to`, 'rooms', to],
		]),
		...exhibit.pieces.flatMap((piece, i) => namingsOfPiece(piece, `pieces.${i}`)),
		...exhibit.texts.map(({ room }, i): Naming => [`texts.${i}.room`, 'rooms', room]),
		...exhibit.lights.flatMap(({ room, piece }, i): Naming[] => [
			[`lights.${i}.room`, 'rooms', room],
			[`lights.${i}.piece`, 'pieces', piece],
		]),
		...exhibit.sound.flatMap(({ room, medium }, i): Naming[] => [
			[`sound.${i}.room`, 'rooms', room],
			[`sound.${i}.medium`, 'media', medium],
		]),
	];
}

/** Refuses an exhibit whose parts have an id twice or name a room, piece or medium that it lacks. */
export function checkExhibit(exhibit: ExhibitParts, context: z.RefinementCtx): void {
	for (const list of ['rooms', 'doors', 'pieces', 'texts', 'lights', 'sound'] as const) {
		checkUniqueIds(exhibit[list], context, [list]);
	}
	for (const [index, { hotspots }] of exhibit.pieces.entries()) {
		checkUniqueIds(hotspots, context, ['pieces', index, 'hotspots']);
	}
	const ids = {
		rooms: new Set(exhibit.rooms.map(({ id }) => id)),
		pieces: new Set(exhibit.pieces.map(({ id }) => id)),
		media: new Set(exhibit.media.map(({ id }) => id)),
	};
	for (const [path, list, id] of namingsOf(exhibit)) {
		if (id === undefined || ids[list].has(id)) continue;
		context.addIssue({
			code: 'custom',
			path: path.split('.'),
			message: `the exhibit has no ${id} among its ${list}`,
		});
	}
}

import type { Exhibit, ExhibitText } from './exhibit-shape.ts';
import type { ExhibitLight } from './light.ts';
import type { Piece } from './piece.ts';
import type { ExhibitRoom } from './room.ts';

/** A room with all that stands, hangs and shines in it, in the room's frame. */
export interface FurnishedRoom {
	room: ExhibitRoom;
	pieces: Piece[];
	texts: ExhibitText[];
	lights: ExhibitLight[];
}

/** Where an exhibit has no room that can be read: a small one with nothing in it. Metres. */
const BARE_ROOM: ExhibitRoom = {
	id: 'bare',
	template: 'ink-hall',
	sizeM: [8, 4, 8],
	positionM: [0, 0, 0],
	yawRad: 0,
};

/** The room that a visitor of the exhibit arrives in; the first, or a bare one, where that cannot be read. */
export function entranceRoom({ rooms, entrance, pieces, texts, lights }: Exhibit): FurnishedRoom {
	const room = rooms.find(({ id }) => id === entrance.room) ?? rooms[0] ?? BARE_ROOM;
	const isHere = (thing: { room: string }) => thing.room === room.id;
	return {
		room,
		pieces: pieces.filter(isHere),
		texts: texts.filter(isHere),
		lights: lights.filter(isHere),
	};
}

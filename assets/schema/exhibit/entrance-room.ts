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

/** The room that a visitor of the exhibit arrives in. Throws when the exhibit breaks its contract and has none. */
export function entranceRoom({ rooms, entrance, pieces, texts, lights }: Exhibit): FurnishedRoom {
	const room = rooms.find(({ id }) => id === entrance.room);
	if (room === undefined) throw new Error(`enter: there is no room ${entrance.room}`);
	const isHere = (thing: { room: string }) => thing.room === room.id;
	return {
		room,
		pieces: pieces.filter(isHere),
		texts: texts.filter(isHere),
		lights: lights.filter(isHere),
	};
}

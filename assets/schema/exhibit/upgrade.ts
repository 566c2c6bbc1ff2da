import { objectsOf, type StoredDocument, type UpgradeStep } from '../value/stored-document.ts';

const ROOM = 'main';

function hotspotOf({ positionM, ...hotspot }: StoredDocument): StoredDocument {
	return { ...hotspot, at: { kind: 'point', positionM }, media: [] };
}

function pieceOf({ artefact, ...piece }: StoredDocument): StoredDocument {
	return {
		...piece,
		room: ROOM,
		shows: { kind: 'artefact', artefact, medium: 'model', asset: 'latest' },
		hotspots: objectsOf(piece, 'hotspots').map(hotspotOf),
	};
}

/**
 * Format 2 knows rooms and doors: what was one space becomes the room `main` at the origin. A piece
 * says what it shows, a hotspot where it is; lights get a name, their kind and place in the list.
 */
const toFormat2: UpgradeStep = ({ space, ...document }) => {
	const { entrance, ...room } = space as StoredDocument;
	return {
		...document,
		format: 'xishan-exhibit/2',
		rooms: [{ id: ROOM, ...room, positionM: [0, 0, 0], yawRad: 0 }],
		doors: [],
		entrance: { room: ROOM, ...(entrance as StoredDocument) },
		pieces: objectsOf(document, 'pieces').map(pieceOf),
		texts: objectsOf(document, 'texts').map((text) => ({ ...text, room: ROOM })),
		lights: objectsOf(document, 'lights').map((light, index) => ({
			id: `${light.kind}-${index + 1}`,
			room: ROOM,
			...light,
		})),
		sound: [],
		media: [],
		articles: [],
		stories: [],
	};
};

export const EXHIBIT_UPGRADES: readonly UpgradeStep[] = [toFormat2];

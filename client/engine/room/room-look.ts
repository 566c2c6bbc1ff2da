import type { ExhibitRoom } from '#schema/exhibit/room';

/** How one room template looks: its surfaces, the light it has before any lamp, and the lamps' own. */
export interface RoomLook {
	floor: { pattern: SurfacePattern; tileM: number };
	wall: { pattern: SurfacePattern; tileM: number };
	/** Undefined under the open sky. */
	ceiling: { color: string; beams: string } | undefined;
	plinth: string;
	/** What is seen where no surface is. */
	sky: string;
	/** Light that comes from everywhere, as a factor of each surface's colour. */
	ambient: readonly [number, number, number];
	/** Lamps over pieces and along walls: colour as linear factors, and strength. */
	lamp: { color: readonly [number, number, number]; power: number; wash: number };
	/** Intensities of the lights that fall on pieces. */
	onPieces: { key: number; fill: number; probe: number };
	plate: { ground: string; ink: string; faint: string };
}

/** A tile that surfaces repeat. */
export type SurfacePattern =
	| 'timber'
	| 'pale-timber'
	| 'ink-plaster'
	| 'paper'
	| 'paving'
	| 'brick';

const WARM: readonly [number, number, number] = [1, 0.83, 0.62];
const DAY: readonly [number, number, number] = [1, 0.95, 0.86];
const DUSK: readonly [number, number, number] = [1, 0.72, 0.45];

export const ROOM_LOOKS: Readonly<Record<ExhibitRoom['template'], RoomLook>> = {
	'ink-hall': {
		floor: { pattern: 'timber', tileM: 2.4 },
		wall: { pattern: 'ink-plaster', tileM: 3 },
		ceiling: { color: '#3b3128', beams: '#54432f' },
		plinth: '#6f665a',
		sky: '#0e0d0a',
		ambient: [0.3, 0.265, 0.225],
		lamp: { color: WARM, power: 2.4, wash: 1.15 },
		onPieces: { key: 3.1, fill: 0.6, probe: 0.75 },
		plate: { ground: '#211d17', ink: '#efe9dc', faint: '#b3a893' },
	},
	'paper-hall': {
		floor: { pattern: 'pale-timber', tileM: 2.4 },
		wall: { pattern: 'paper', tileM: 3 },
		ceiling: { color: '#e9e3d6', beams: '#c9b899' },
		plinth: '#e7e0d2',
		sky: '#cfc8b8',
		ambient: [0.62, 0.6, 0.56],
		lamp: { color: DAY, power: 0.55, wash: 0.42 },
		onPieces: { key: 1.9, fill: 0.7, probe: 0.6 },
		plate: { ground: '#f4efe4', ink: '#23201a', faint: '#6d6455' },
	},
	'kiln-yard': {
		floor: { pattern: 'paving', tileM: 2.4 },
		wall: { pattern: 'brick', tileM: 2.4 },
		ceiling: undefined,
		plinth: '#6f6457',
		sky: '#1c2230',
		ambient: [0.24, 0.25, 0.29],
		lamp: { color: DUSK, power: 2.1, wash: 1.3 },
		onPieces: { key: 2.8, fill: 0.7, probe: 0.7 },
		plate: { ground: '#2a231c', ink: '#f1e7d6', faint: '#bba98d' },
	},
};

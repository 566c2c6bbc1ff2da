import {
	Color,
	DirectionalLight,
	Group,
	HemisphereLight,
	Mesh,
	MeshBasicMaterial,
	RingGeometry,
	Vector3,
} from 'three';
import { entranceRoom, type FurnishedRoom } from '#schema/exhibit/entrance-room';
import type { Exhibit, ExhibitText } from '#schema/exhibit/exhibit-shape';
import type { Piece } from '#schema/exhibit/piece';
import { disposeObject } from '../stage/dispose-object.ts';
import type { Stage } from '../stage/stage.ts';
import type { LadderAsset } from '../subject/mesh-ladder.ts';
import { LabelPlates, type LabelText } from './label-plates.ts';
import { buildFittings } from './lamp-fittings.ts';
import { buildContactShades, buildPlinths } from './plinths.ts';
import { planLight } from './room-lamps.ts';
import { ROOM_LOOKS, type RoomLook } from './room-look.ts';
import { RoomPiece } from './room-piece.ts';
import { buildShell } from './room-shell.ts';
import { type WallText, WallTexts } from './wall-texts.ts';

/** What a room's signs say in the visitor's language. */
export interface RoomWords {
	label: (piece: Piece) => LabelText;
	text: (text: ExhibitText) => WallText;
}

/** What a room's pieces show, by piece id. */
export type PieceAssets = ReadonlyMap<string, LadderAsset>;

/**
 * The room an exhibit is entered by, in plain three.js: shell, plinths, signs, pieces and their light; nothing in it
 * asks where it is shown. Its pieces are subjects of the stage; add `group`, `lights`, `floor` and each piece's `group` to the scene.
 */
export class Room {
	readonly group = new Group();
	/** What lights the pieces, in the room or out of it. */
	readonly lights = new Group();
	readonly floor: Mesh;
	readonly pieces: readonly RoomPiece[];
	readonly look: RoomLook;
	/** What is seen where no surface is: the scene's background. */
	readonly sky: Color;
	/** A ring of light on the floor around the piece that is meant. */
	readonly #ring: Mesh<RingGeometry, MeshBasicMaterial>;
	readonly #labels: LabelPlates;
	readonly #texts: WallTexts;
	readonly #stage: Stage;
	/** Filled anew by each `countPieces`, which runs with every frame. */
	readonly #counts = { shown: 0, lacking: 0 };
	#shades: ReturnType<typeof buildContactShades>;

	constructor(stage: Stage, exhibit: Exhibit) {
		this.#stage = stage;
		const furnished = entranceRoom(exhibit);
		const { room, pieces, texts } = furnished;
		this.look = ROOM_LOOKS[room.template];
		this.sky = new Color(this.look.sky);
		const plan = planLight(furnished, this.look);
		const shell = buildShell(plan, this.look);
		this.floor = shell.floor;
		this.pieces = pieces.map((piece) => new RoomPiece(piece, stage));
		this.#labels = new LabelPlates(pieces, this.look, plan);
		this.#texts = new WallTexts(texts, this.look);
		this.#ring = new Mesh(
			new RingGeometry(0.96, 1, 72).rotateX(-Math.PI / 2),
			new MeshBasicMaterial({ color: '#e0a526', transparent: true, opacity: 0.75 }),
		);
		this.#ring.visible = false;
		const plinths = buildPlinths(pieces, this.look.plinth, plan);
		this.group.add(shell.group, this.#labels.group, this.#texts.group, this.#ring);
		const fittings = this.look.ceiling && buildFittings(plan.lamps);
		for (const part of [plinths, fittings]) if (part !== undefined) this.group.add(part);
		this.#addLights(furnished);
		stage.scene.background = this.sky;
		stage.scene.environmentIntensity = this.look.onPieces.probe;
	}

	/** Shows the scans that are ready, each in its piece's place; what is shown already stays as it is. */
	furnish(assets: PieceAssets): void {
		let hasChanged = false;
		for (const piece of this.pieces) {
			if (piece.show(assets.get(piece.piece.id))) hasChanged = true;
		}
		if (!hasChanged) return;
		if (this.#shades !== undefined) disposeObject(this.#shades);
		this.#shades = buildContactShades(this.pieces.flatMap((piece) => piece.footprint ?? []));
		if (this.#shades !== undefined) this.group.add(this.#shades);
		this.#stage.invalidate();
	}

	/** How many pieces are seen, whatever their tier, and how many could not be had. */
	countPieces(): { shown: number; lacking: number } {
		this.#counts.shown = 0;
		this.#counts.lacking = 0;
		for (const piece of this.pieces) {
			if (piece.shown !== undefined) this.#counts.shown++;
			if (piece.hasFailed) this.#counts.lacking++;
		}
		return this.#counts;
	}

	/** Writes every sign; call again when the language changes. */
	async write(words: RoomWords): Promise<void> {
		await Promise.all([this.#labels.write(words.label), this.#texts.write(words.text)]);
		this.#stage.invalidate();
	}

	/** Rings the piece that is meant, or none. */
	mean(pieceId: string | undefined): void {
		const meant = this.pieces.find((piece) => piece.piece.id === pieceId);
		this.#ring.visible = meant !== undefined;
		if (meant !== undefined) {
			void meant.want();
			const { positionM, plinth } = meant.piece;
			const standsM = plinth.shape === 'none' ? meant.radiusM : plinth.widthM * 0.72;
			this.#ring.position.set(positionM[0], positionM[1] + 0.006, positionM[2]);
			this.#ring.scale.setScalar(standsM + 0.08);
		}
		this.#stage.invalidate();
	}

	dispose(): void {
		this.#labels.dispose();
		this.#texts.dispose();
		for (const piece of this.pieces) piece.dispose();
		disposeObject(this.group);
		disposeObject(this.floor);
		this.#stage.scene.background = null;
	}

	/** Lights reach pieces only: the room's own light is baked. */
	#addLights({ lights }: FurnishedRoom): void {
		const { key, fill } = this.look.onPieces;
		const given = lights.find((light) => light.kind === 'key');
		const sun = new DirectionalLight(given?.color ?? '#ffe3bd', key * (given?.intensity ?? 1));
		const from = given
			? new Vector3(...given.positionM).sub(new Vector3(...given.targetM))
			: new Vector3(0.5, 1.5, 0.8);
		sun.position.copy(from.normalize().multiplyScalar(20));
		const soft = lights.find((light) => light.kind === 'fill');
		const sky = new HemisphereLight(
			soft?.skyColor ?? '#d8cdbb',
			soft?.groundColor ?? '#2b221a',
			fill * (soft?.intensity ?? 1),
		);
		this.lights.add(sun, sun.target, sky);
	}
}

import {
	Color,
	DirectionalLight,
	Group,
	HemisphereLight,
	Mesh,
	MeshBasicMaterial,
	type PerspectiveCamera,
	RingGeometry,
	type Scene,
	type Texture,
	Vector3,
	type WebGLRenderer,
} from 'three';
import { entranceRoom, type FurnishedRoom } from '#schema/exhibit/entrance-room';
import type { Exhibit, ExhibitText } from '#schema/exhibit/exhibit-shape';
import { artefactOf, type Piece } from '#schema/exhibit/piece';
import { makeLightProbe } from '../light/light-probe.ts';
import type { StageBudget } from '../stage/device-budget.ts';
import { disposeObject } from '../stage/dispose-object.ts';
import type { StandStage } from '../subject/tier-stand.ts';
import { allotLimits } from './allot-limits.ts';
import { LabelPlates, type LabelText } from './label-plates.ts';
import { buildFittings } from './lamp-fittings.ts';
import { buildContactShades, buildPlinths } from './plinths.ts';
import { planLight } from './room-lamps.ts';
import { ROOM_LOOKS, type RoomLook } from './room-look.ts';
import { type PieceAsset, RoomPiece } from './room-piece.ts';
import { buildShell } from './room-shell.ts';
import { type WallText, WallTexts } from './wall-texts.ts';

export interface RoomOptions {
	exhibit: Exhibit;
	/** The scans that are ready, by artefact id. */
	assets: ReadonlyMap<string, PieceAsset>;
	/** Something that is drawn changed. */
	onChange: () => void;
}

/** What a room's signs say in the visitor's language. */
export interface RoomWords {
	label: (piece: Piece) => LabelText;
	text: (text: ExhibitText) => WallText;
}

/** A look is taken anew when the eye has moved this far, metres. */
const LOOK_AGAIN_M = 0.25;

/**
 * The room an exhibit is entered by, in plain three.js: shell, plinths, signs, pieces and their light; nothing in it
 * asks where it is shown. Add `group`, `lights`, `floor` and each piece's `group` to a scene, then `enter` with its renderer.
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
	readonly #onChange: () => void;
	#stage: StandStage | undefined;
	#probe: Texture | undefined;
	#budget: StageBudget = { gpuBytes: 0, triangles: 0, profile: 'desktop' };
	#lastEye = new Vector3(Number.POSITIVE_INFINITY, 0, 0);

	constructor({ exhibit, assets, onChange }: RoomOptions) {
		this.#onChange = onChange;
		const furnished = entranceRoom(exhibit);
		const { room, pieces, texts } = furnished;
		this.look = ROOM_LOOKS[room.template];
		this.sky = new Color(this.look.sky);
		const plan = planLight(furnished, this.look);
		const shell = buildShell(plan, this.look);
		this.floor = shell.floor;
		this.pieces = pieces.map(
			(piece) =>
				new RoomPiece(piece, assets.get(artefactOf(piece) ?? ''), () => this.#stage, onChange),
		);
		this.#labels = new LabelPlates(pieces, this.look, plan);
		this.#texts = new WallTexts(texts, this.look);
		this.#ring = new Mesh(
			new RingGeometry(0.96, 1, 72).rotateX(-Math.PI / 2),
			new MeshBasicMaterial({ color: '#e0a526', transparent: true, opacity: 0.75 }),
		);
		this.#ring.visible = false;
		const shades = buildContactShades(this.pieces.flatMap((piece) => piece.footprint ?? []));
		const plinths = buildPlinths(pieces, this.look.plinth, plan);
		this.group.add(shell.group, this.#labels.group, this.#texts.group, this.#ring);
		const fittings = this.look.ceiling && buildFittings(plan.lamps);
		for (const part of [plinths, shades, fittings]) if (part !== undefined) this.group.add(part);
		this.#addLights(furnished);
	}

	/** Binds the room to where it is drawn: its reflections are made and its pieces begin to load. */
	enter(
		renderer: WebGLRenderer,
		scene: Scene,
		camera: PerspectiveCamera,
		budget: StageBudget,
	): void {
		this.#stage = { renderer, scene, camera };
		this.#budget = budget;
		this.#probe?.dispose();
		this.#probe = makeLightProbe(renderer);
		scene.environment = this.#probe;
		scene.environmentIntensity = this.look.onPieces.probe;
		scene.background = this.sky;
		this.#lastEye.setX(Number.POSITIVE_INFINITY);
	}

	/** Takes another budget, as when a headset is put on. */
	limit(budget: StageBudget): void {
		this.#budget = budget;
		this.#lastEye.setX(Number.POSITIVE_INFINITY);
	}

	/** Chooses tiers for an eye in the room; does nothing until it has moved a little. */
	lookFrom(eye: Vector3, fovRad: number, heightPx: number): void {
		if (this.#stage === undefined || eye.distanceTo(this.#lastEye) < LOOK_AGAIN_M) return;
		this.#lastEye.copy(eye);
		const { profile } = this.#budget;
		const claims = this.pieces.map((piece) => piece.claim(eye, fovRad, heightPx, profile));
		const limits = allotLimits(claims, this.#budget);
		for (const [index, piece] of this.pieces.entries()) {
			const [claim, limit] = [claims[index], limits[index]];
			if (claim !== undefined && limit !== undefined) piece.aim(claim, limit);
		}
	}

	/** Writes every sign; call again when the language changes. */
	async write(words: RoomWords): Promise<void> {
		await Promise.all([this.#labels.write(words.label), this.#texts.write(words.text)]);
		this.#onChange();
	}

	/** Rings the piece that is meant, or none. */
	mean(pieceId: string | undefined): void {
		const meant = this.pieces.find((piece) => piece.piece.id === pieceId);
		this.#ring.visible = meant !== undefined;
		if (meant !== undefined) {
			const { positionM, plinth } = meant.piece;
			const standsM = plinth.shape === 'none' ? meant.radiusM : plinth.widthM * 0.72;
			this.#ring.position.set(positionM[0], positionM[1] + 0.006, positionM[2]);
			this.#ring.scale.setScalar(standsM + 0.08);
		}
		this.#onChange();
	}

	pause(isPaused: boolean): void {
		for (const piece of this.pieces) piece.pause(isPaused);
	}

	/** The graphics card lost everything: pieces start over with the next `enter`. */
	forget(): void {
		this.#stage = undefined;
		for (const piece of this.pieces) piece.forget();
	}

	dispose(): void {
		this.#labels.dispose();
		this.#texts.dispose();
		for (const piece of this.pieces) piece.dispose();
		disposeObject(this.group);
		disposeObject(this.floor);
		this.#probe?.dispose();
		if (this.#stage !== undefined) this.#stage.scene.environment = null;
		this.#stage = undefined;
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

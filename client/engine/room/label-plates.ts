import {
	BoxGeometry,
	type BufferGeometry,
	Group,
	Matrix4,
	Mesh,
	MeshBasicMaterial,
	PlaneGeometry,
	Quaternion,
	Vector3,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import type { Piece } from '#schema/exhibit/piece';
import type { LightPlan } from './light-bake.ts';
import { drawRuns, loadFaces, makePlateCanvas, plateTexture, titledRuns } from './plate-canvas.ts';
import type { RoomLook } from './room-look.ts';
import { litBox } from './room-shell.ts';

/** What a label says, in the visitor's language first. */
export interface LabelText {
	title: string;
	other: string | undefined;
	/** Period and material, or 示例. */
	note: string;
}

const SLOT_W = 512;
const SLOT_H = 264;
const COLUMNS = 4;
const WIDTH_M = 0.44;
const HEIGHT_M = (WIDTH_M * SLOT_H) / SLOT_W;
/** Below this plinth height a label gets a stand of its own. */
const STAND_BELOW_M = 0.62;
const STAND_HEIGHT_M = 0.82;
const POST_M = 0.018;
const TILT_RAD = -0.62;

/** Where a piece's label hangs: on the plinth's face, or on a stand beside it, tilted to the eye. */
function labelPlace(piece: Piece): { matrix: Matrix4; standM: number | undefined } {
	const { plinth, positionM, yawRad } = piece;
	const isOnPlinth = plinth.shape === 'box' && plinth.heightM >= STAND_BELOW_M;
	const outM = plinth.widthM / 2 + (isOnPlinth ? 0.006 : 0.12);
	const asideM = isOnPlinth ? 0 : plinth.widthM / 2 + WIDTH_M / 2;
	const y = positionM[1] + (isOnPlinth ? plinth.heightM - HEIGHT_M / 2 - 0.09 : STAND_HEIGHT_M);
	const matrix = new Matrix4().compose(
		new Vector3(
			positionM[0] + Math.sin(yawRad) * outM + Math.cos(yawRad) * asideM,
			y,
			positionM[2] + Math.cos(yawRad) * outM - Math.sin(yawRad) * asideM,
		),
		new Quaternion()
			.setFromAxisAngle(new Vector3(0, 1, 0), yawRad)
			.multiply(new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), isOnPlinth ? 0 : TILT_RAD)),
		new Vector3(1, 1, 1),
	);
	return { matrix, standM: isOnPlinth ? undefined : y };
}

function slotGeometry(piece: Piece, index: number, rows: number): BufferGeometry {
	const isOnPlinth = labelPlace(piece).standM === undefined;
	const scale = isOnPlinth ? Math.min(1, (piece.plinth.widthM * 0.94) / WIDTH_M) : 1;
	const geometry = new PlaneGeometry(WIDTH_M * scale, HEIGHT_M * scale);
	const uv = geometry.getAttribute('uv');
	const column = index % COLUMNS;
	const row = Math.floor(index / COLUMNS);
	for (let corner = 0; corner < uv.count; corner++) {
		uv.setXY(corner, (column + uv.getX(corner)) / COLUMNS, 1 - (row + 1 - uv.getY(corner)) / rows);
	}
	return geometry.applyMatrix4(labelPlace(piece).matrix);
}

/** The stands of labels that hang on no plinth: a thin post and a back plate. */
function standGeometry(pieces: readonly Piece[], plan: LightPlan): BufferGeometry | undefined {
	const parts = pieces.flatMap((piece) => {
		const { matrix, standM } = labelPlace(piece);
		if (standM === undefined) return [];
		const place = new Vector3().setFromMatrixPosition(matrix);
		const post = litBox(
			[POST_M, standM - POST_M, POST_M],
			[
				place.x - Math.sin(piece.yawRad) * POST_M * 1.6,
				(standM - POST_M) / 2,
				place.z - Math.cos(piece.yawRad) * POST_M * 1.6,
			],
			piece.yawRad,
			'#3a332a',
			plan,
			2,
		);
		const back = new BoxGeometry(WIDTH_M + 0.016, HEIGHT_M + 0.016, 0.012);
		back.translate(0, 0, -0.008).applyMatrix4(matrix).deleteAttribute('uv');
		back.setAttribute('color', back.getAttribute('normal').clone());
		const color = back.getAttribute('color');
		for (let index = 0; index < color.count; index++) color.setXYZ(index, 0.022, 0.018, 0.014);
		return [post, back];
	});
	return parts.length === 0 ? undefined : mergeGeometries(parts);
}

/** All labels of a room on one texture: two draws, however many pieces. */
export class LabelPlates {
	readonly group = new Group();
	readonly #pieces: readonly Piece[];
	readonly #look: RoomLook;
	readonly #material = new MeshBasicMaterial();
	readonly #rows: number;
	#isDisposed = false;

	constructor(pieces: readonly Piece[], look: RoomLook, plan: LightPlan) {
		this.#pieces = pieces;
		this.#look = look;
		this.#rows = Math.max(1, Math.ceil(pieces.length / COLUMNS));
		const slots = pieces.map((piece, index) => slotGeometry(piece, index, this.#rows));
		if (slots.length === 0) return;
		const plates = new Mesh(mergeGeometries(slots), this.#material);
		plates.visible = false;
		this.group.add(plates);
		const stands = standGeometry(pieces, plan);
		if (stands !== undefined) {
			this.group.add(new Mesh(stands, new MeshBasicMaterial({ vertexColors: true })));
		}
	}

	/** Writes the labels, by piece, once their faces are loaded; again whenever the language changes. */
	async write(textOf: (piece: Piece) => LabelText): Promise<void> {
		const { plate } = this.#look;
		const labels = this.#pieces.map((piece) => {
			const { title, other, note } = textOf(piece);
			const runs = titledRuns({ title, other }, plate, 1.32);
			const [first] = titledRuns({ title: note }, plate, 0.62);
			return first === undefined
				? runs
				: [...runs, { ...first, face: 'sans' as const, color: plate.faint, spaceBeforePx: 12 }];
		});
		await loadFaces(labels.flat());
		if (this.#isDisposed || labels.length === 0) return;
		const [canvas, pen] = makePlateCanvas(SLOT_W * COLUMNS, SLOT_H * this.#rows);
		for (const [index, runs] of labels.entries()) {
			const x = (index % COLUMNS) * SLOT_W;
			const y = Math.floor(index / COLUMNS) * SLOT_H;
			pen.fillStyle = plate.ground;
			pen.fillRect(x, y, SLOT_W, SLOT_H);
			drawRuns(pen, runs, { x: x + 28, y: y + 12, width: SLOT_W - 56 });
		}
		this.#material.map?.dispose();
		this.#material.map = plateTexture(canvas);
		this.#material.needsUpdate = true;
		for (const child of this.group.children) child.visible = true;
	}

	/** The geometry and materials go with `disposeObject(group)`; this stops a writing under way. */
	dispose(): void {
		this.#isDisposed = true;
	}
}

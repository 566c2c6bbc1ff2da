import { Group, Mesh, MeshBasicMaterial, PlaneGeometry } from 'three';
import type { ExhibitText } from '#schema/exhibit/exhibit-shape';
import { drawRuns, loadFaces, makePlateCanvas, plateTexture, titledRuns } from './plate-canvas.ts';
import type { RoomLook } from './room-look.ts';

/** A wall text's words in the visitor's language, the title also in the other one. */
export interface WallText {
	title: string;
	other: string | undefined;
	body: string;
}

const PX_PER_M = 560;
const MARGIN_PX = 34;
/** Lifts a text off the wall it hangs on. */
const OFF_WALL_M = 0.012;

type TextMesh = Mesh<PlaneGeometry, MeshBasicMaterial>;

/** The texts on an exhibit's walls, one draw each; written straight on plaster, on a board where the wall is brick. */
export class WallTexts {
	readonly group = new Group();
	readonly #texts: readonly ExhibitText[];
	readonly #look: RoomLook;
	readonly #meshes: TextMesh[];
	#isDisposed = false;

	constructor(texts: readonly ExhibitText[], look: RoomLook) {
		this.#texts = texts;
		this.#look = look;
		this.#meshes = texts.map((text) => {
			const mesh: TextMesh = new Mesh(
				new PlaneGeometry(1, 1),
				new MeshBasicMaterial({ transparent: true, depthWrite: false }),
			);
			mesh.position.set(
				text.positionM[0] + Math.sin(text.yawRad) * OFF_WALL_M,
				text.positionM[1],
				text.positionM[2] + Math.cos(text.yawRad) * OFF_WALL_M,
			);
			mesh.rotation.y = text.yawRad;
			mesh.visible = false;
			return mesh;
		});
		this.group.add(...this.#meshes);
	}

	/** Writes the texts once their faces are loaded; again whenever the language changes. */
	async write(textOf: (text: ExhibitText) => WallText): Promise<void> {
		const runs = this.#texts.map((text) => titledRuns(textOf(text), this.#look.plate, 2));
		await loadFaces(runs.flat());
		if (this.#isDisposed) return;
		for (const [index, mesh] of this.#meshes.entries()) {
			const text = this.#texts[index];
			if (text !== undefined) this.#draw(mesh, text.widthM, runs[index] ?? []);
		}
	}

	#draw(mesh: TextMesh, widthM: number, runs: ReturnType<typeof titledRuns>): void {
		const widthPx = Math.min(2048, Math.round(widthM * PX_PER_M));
		const box = { x: MARGIN_PX, y: MARGIN_PX, width: widthPx - 2 * MARGIN_PX };
		const [, ruler] = makePlateCanvas(8, 8);
		const heightPx = Math.ceil(drawRuns(ruler, runs, box)) + 2 * MARGIN_PX;
		const [canvas, pen] = makePlateCanvas(widthPx, heightPx);
		if (this.#look.wall.pattern === 'brick') {
			// Joints would run through the strokes: on brick a text has a board.
			pen.fillStyle = this.#look.plate.ground;
			pen.fillRect(0, 0, widthPx, heightPx);
		}
		drawRuns(pen, runs, box);
		mesh.material.map?.dispose();
		mesh.material.map = plateTexture(canvas);
		mesh.material.needsUpdate = true;
		mesh.scale.set(widthM, (widthM * heightPx) / widthPx, 1);
		mesh.visible = true;
	}

	/** The geometry and materials go with `disposeObject(group)`; this stops a writing under way. */
	dispose(): void {
		this.#isDisposed = true;
	}
}

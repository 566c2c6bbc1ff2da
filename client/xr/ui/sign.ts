import { Mesh, MeshBasicMaterial, PlaneGeometry } from 'three';
import {
	drawRuns,
	loadFaces,
	makePlateCanvas,
	type PlateRun,
	plateTexture,
} from '../../engine/room/plate-canvas.ts';

/** A sign in space: a board with text. Metres and pixels; text of 28 px on 1000 px/m is read at 1.5 m. */
export interface SignOptions {
	runs: readonly PlateRun[];
	widthM: number;
	pxPerM: number;
	ground: string;
	isCentred?: boolean;
}

export type Sign = Mesh<PlaneGeometry, MeshBasicMaterial>;

const MARGIN_PX = 30;
const RADIUS_PX = 22;

/** Draws a sign as high as its text needs, once the faces are loaded. The caller disposes it with `disposeObject`. */
export async function makeSign(options: SignOptions): Promise<Sign> {
	const { runs, widthM, pxPerM, ground } = options;
	await loadFaces(runs);
	const widthPx = Math.round(widthM * pxPerM);
	const box = { x: MARGIN_PX, y: MARGIN_PX * 0.7, width: widthPx - 2 * MARGIN_PX };
	const [, ruler] = makePlateCanvas(8, 8);
	const heightPx = Math.ceil(drawRuns(ruler, runs, box) + 2 * MARGIN_PX);
	const [canvas, pen] = makePlateCanvas(widthPx, heightPx);
	pen.fillStyle = ground;
	pen.beginPath();
	pen.roundRect(0, 0, widthPx, heightPx, RADIUS_PX);
	pen.fill();
	if (options.isCentred === true) {
		pen.textAlign = 'center';
		box.x = widthPx / 2;
	}
	drawRuns(pen, runs, box);
	const material = new MeshBasicMaterial({ map: plateTexture(canvas), transparent: true });
	return new Mesh(new PlaneGeometry(widthM, (widthM * heightPx) / widthPx), material);
}

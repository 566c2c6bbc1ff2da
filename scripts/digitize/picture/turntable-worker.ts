import type { Scenery } from './scenery.ts';
import { develop, setUp, type View } from './shoot.ts';

export interface FrameTask {
	scenery: Scenery;
	view: View;
	exposure: number;
}

/** Draws one frame of a turn in a thread of its own: sRGB bytes, three a pixel. */
export function drawFrame({ scenery, view, exposure }: FrameTask): Uint8Array {
	return develop(setUp(scenery, view), exposure);
}

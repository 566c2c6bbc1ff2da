/** Fetches the code that draws a piece; called ahead of need, it is fetched once. */
export async function loadPieceStage() {
	return (await import('../../../stages/PieceStage.tsx')).PieceStage;
}

export async function digitizeVideo(): Promise<never> {
	throw new Error('x');
}

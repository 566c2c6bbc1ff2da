/** Whether the server answers at all. Never refuses; an abort counts as no answer. */
export async function getLiveness(signal: AbortSignal): Promise<boolean> {
	try {
		const response = await fetch('/livez', { cache: 'no-store', signal });
		return response.ok;
	} catch {
		return false;
	}
}

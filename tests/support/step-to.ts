import type { Page } from 'playwright-core';

/** Goes to another page of the site as a link does, with no new document. */
export function step(page: Page, path: string): Promise<void> {
	return page.evaluate((to) => history.pushState(null, '', to), path);
}

/**
 * Comes to a page from another one of the site: an address that is opened anew brings its record along, and what a
 * test says instead of the API would not be asked for.
 */
export async function stepTo(page: Page, origin: string, path: string): Promise<void> {
	await page.goto(`${origin}/about`);
	await page.locator('.app h1').first().waitFor();
	await step(page, path);
}

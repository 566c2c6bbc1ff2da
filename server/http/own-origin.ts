import type { Request } from 'express';
import type { Context } from '../context.ts';

/** Where visitors reach this site, without a trailing slash; undefined when they did not say. */
export function originOf({ settings }: Context, req: Request): string | undefined {
	if (settings.publicUrl !== undefined) return settings.publicUrl;
	return req.host ? URL.parse(`${req.protocol}://${req.host}`)?.origin : undefined;
}

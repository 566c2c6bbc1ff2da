import { z } from 'zod';
import { jobFailure } from '../job/job.ts';
import { assetId } from '../value/id.ts';
import { assetManifest } from './asset-manifest.ts';

export const ASSET_STATUSES = ['queued', 'running', 'ready', 'failed', 'taken-down'] as const;

/**
 * An asset: a scan with its derivatives and report. `manifest` is there once `ready`; its file
 * references are then addresses of objects that never change. `job` names the digitisation to follow.
 * `taken-down`: its bytes are gone for good.
 */
export const asset = z
	.object({
		id: assetId,
		status: z.enum(ASSET_STATUSES),
		/** 0 to 1 while queued or running; 1 when ready. */
		progress: z.number().min(0).max(1),
		job: z.uuid().nullable(),
		manifest: assetManifest.nullable(),
		failure: jobFailure.nullable(),
	})
	.meta({ id: 'Asset' });

export type Asset = z.infer<typeof asset>;
export type AssetStatus = (typeof ASSET_STATUSES)[number];

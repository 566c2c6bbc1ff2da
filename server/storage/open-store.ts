import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { DiskStore } from './disk-store.ts';
import { MinioStore } from './minio-store.ts';
import type { ObjectStore } from './object-store.ts';
import { storeSecret } from './store-secret.ts';

/**
 * The store the settings ask for: S3-compatible when there are S3 settings, else the disk.
 * Throws StartError when it cannot be used. The caller disposes it.
 */
export async function openStore(config: Pick<Config, 'dataDir' | 's3'>): Promise<ObjectStore> {
	if (config.s3) return MinioStore.open({ ...config.s3, spoolDir: join(config.dataDir, 'spool') });
	const secret = await storeSecret(config.dataDir);
	return DiskStore.open(join(config.dataDir, 'objects'), secret);
}

import { findMinio, startMinio } from './minio.ts';
import { hasRadosgw, startRadosgw } from './radosgw.ts';

/** A real S3 server of our own, on loopback, with nothing in it. */
export interface S3Server extends AsyncDisposable {
	endpoint: string;
	accessKey: string;
	secretKey: string;
}

export interface S3Kind {
	name: 'MinIO' | 'Ceph radosgw';
	start(): Promise<S3Server>;
}

/**
 * The S3 server this machine can run: MinIO, or where that cannot be had Debian's Ceph radosgw; null
 * where neither can. `S3_TEST_SERVER=radosgw` asks for the second.
 */
export async function findS3Server(): Promise<S3Kind | null> {
	const minio = process.env.S3_TEST_SERVER === 'radosgw' ? null : await findMinio();
	if (minio) return { name: 'MinIO', start: () => startMinio(minio) };
	return (await hasRadosgw()) ? { name: 'Ceph radosgw', start: startRadosgw } : null;
}

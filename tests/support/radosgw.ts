import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import type { S3Server } from './s3-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);

/** Debian's packages of a Ceph with an S3 gateway, and one program of each. */
const PACKAGES = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common'];
const PROGRAMS = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph'].map((name) => `/usr/bin/${name}`);
const INSTALL_TIMEOUT_MS = 10 * 60_000;
const START_TIMEOUT_MS = 120_000;
const DISK_BYTES = 4 * 1024 ** 3;

/**
 * Whether this machine has Ceph's S3 gateway; on Debian as root it is installed with apt. It takes
 * the place of MinIO where neither its binary nor Go can be had: the suite then still runs against a
 * real S3 server.
 */
export async function hasRadosgw(): Promise<boolean> {
	const isHere = () => PROGRAMS.every((path) => existsSync(path));
	if (isHere()) return true;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const options = { env, timeout: INSTALL_TIMEOUT_MS, maxBuffer: 64 << 20 };
	try {
		await run('apt-get', ['update', '-qq'], options);
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], options);
	} catch {
		return false;
	}
	return isHere();
}

/** The settings of the smallest Ceph: one monitor, one file as its only disk, no passwords within. */
function settings(dir: string, fsid: string, monPort: number, gatewayPort: number): string {
	return `[global]
fsid = ${fsid}
mon host = [v1:127.0.0.1:${monPort}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd crush chooseleaf type = 0
osd objectstore = bluestore
bluestore block size = ${DISK_BYTES}
bluestore block create = true
osd memory target = 939524096
mon data = ${dir}/mon
osd data = ${dir}/osd
run dir = ${dir}
log file = ${dir}/$name.log
admin socket = ${dir}/$name.asok
pid file = ${dir}/$name.pid
keyring = ${dir}/keyring
mon allow pool size one = true
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort}
rgw data = ${dir}/rgw
`;
}

/** Starts an empty Ceph of our own on loopback, with one account; dispose it to stop and remove it. */
export async function startRadosgw(): Promise<S3Server> {
	await using undo = new AsyncDisposableStack();
	const { path: dir } = undo.use(await temporaryFolder('ceph'));
	const [monPort, gatewayPort] = [await freePort(), await freePort()];
	const [fsid, osd] = [randomUUID(), randomUUID()];
	const conf = join(dir, 'ceph.conf');
	await writeFile(conf, settings(dir, fsid, monPort, gatewayPort));
	await writeFile(join(dir, 'keyring'), '');
	for (const name of ['mon', 'osd', 'rgw']) await mkdir(join(dir, name));
	const monmap = join(dir, 'monmap');
	const ceph = (...words: string[]) => run('ceph', ['-c', conf, ...words]);
	const daemon = (program: string, ...words: string[]) =>
		undo.use(owned(spawn(program, ['-c', conf, '-f', ...words], { cwd: dir, stdio: 'ignore' })));

	const address = `[v1:127.0.0.1:${monPort}]`;
	await run('monmaptool', [
		'--create',
		'--clobber',
		'--addv',
		'a',
		address,
		'--fsid',
		fsid,
		monmap,
	]);
	await run('ceph-mon', ['-c', conf, '--mkfs', '-i', 'a', '--monmap', monmap]);
	daemon('ceph-mon', '-i', 'a');
	await ceph('osd', 'new', osd, '0');
	await run('ceph-osd', ['-c', conf, '-i', '0', '--mkfs', '--osd-uuid', osd]);
	await ceph('osd', 'crush', 'add-bucket', 'h1', 'host');
	daemon('ceph-osd', '-i', '0');
	await ceph('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=h1');
	daemon('radosgw', '-n', 'client.rgw');

	const endpoint = `http://127.0.0.1:${gatewayPort}`;
	const [accessKey, secretKey] = ['xishan-test', 'xishan-test-secret'];
	await answers(endpoint);
	const account = ['--uid=test', '--display-name=test'];
	const keys = [`--access-key=${accessKey}`, `--secret-key=${secretKey}`];
	await run('radosgw-admin', ['-c', conf, 'user', 'create', ...account, ...keys]);
	const everything = undo.move();
	return { endpoint, accessKey, secretKey, [Symbol.asyncDispose]: () => everything.disposeAsync() };
}

/** A program that ends when this is disposed of. */
function owned(child: ChildProcess): AsyncDisposable {
	const ended = once(child, 'exit');
	return {
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
			await ended;
		},
	};
}

async function answers(endpoint: string): Promise<void> {
	const signal = AbortSignal.timeout(START_TIMEOUT_MS);
	while (!(await fetch(endpoint, { signal }).catch(() => null))?.ok) {
		await delay(250, undefined, { signal });
	}
}

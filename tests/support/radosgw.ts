import { execFile, spawn } from 'node:child_process';
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

/**
 * The settings of the smallest Ceph: one monitor, one file as its only disk. Without cephx one client
 * in seventy sends its command before it knows the cluster, and is refused (16.2: `wrong fsid`).
 */
function settings(dir: string, fsid: string, monPort: number, gatewayPort: number): string {
	return `[global]
fsid = ${fsid}
mon host = [v1:127.0.0.1:${monPort}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
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

/** Makes the keys of all who take part, each allowed everything; the monitor starts with them. */
async function writeKeys(path: string): Promise<void> {
	const caps = ['mon', 'osd', 'mgr'].flatMap((service) => ['--cap', service, 'allow *']);
	await run('ceph-authtool', ['--create-keyring', path]);
	for (const name of ['mon.', 'client.admin', 'client.rgw', 'osd.0'])
		await run('ceph-authtool', [path, '--gen-key', '-n', name, ...caps]);
}

/** Starts an empty Ceph of our own on loopback, with one account; dispose it to stop and remove it. */
export async function startRadosgw(): Promise<S3Server> {
	await using undo = new AsyncDisposableStack();
	const { path: dir } = undo.use(await temporaryFolder('ceph'));
	const [monPort, gatewayPort] = [await freePort(), await freePort()];
	const [fsid, osd] = [randomUUID(), randomUUID()];
	const conf = join(dir, 'ceph.conf');
	await writeFile(conf, settings(dir, fsid, monPort, gatewayPort));
	await writeKeys(join(dir, 'keyring'));
	for (const name of ['mon', 'osd', 'rgw']) await mkdir(join(dir, name));
	const monmap = join(dir, 'monmap');
	const ceph = (...words: string[]) => run('ceph', ['-c', conf, ...words]);
	const daemons: Daemon[] = [];
	const daemon = (program: string, ...words: string[]) =>
		daemons.push(undo.use(startDaemon(program, ['-c', conf, '-f', ...words], dir)));

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
	await run('ceph-mon', [
		...['-c', conf, '--mkfs', '-i', 'a', '--monmap', monmap],
		...['--keyring', join(dir, 'keyring')],
	]);
	daemon('ceph-mon', '-i', 'a');
	await ceph('osd', 'new', osd, '0');
	await run('ceph-osd', ['-c', conf, '-i', '0', '--mkfs', '--osd-uuid', osd]);
	await ceph('osd', 'crush', 'add-bucket', 'h1', 'host');
	daemon('ceph-osd', '-i', '0');
	await ceph('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=h1');
	daemon('radosgw', '-n', 'client.rgw');

	const endpoint = `http://127.0.0.1:${gatewayPort}`;
	const [accessKey, secretKey] = ['xishan-test', 'xishan-test-secret'];
	await Promise.race([answers(endpoint), ...daemons.map(({ fails }) => fails)]);
	const account = ['--uid=test', '--display-name=test'];
	const keys = [`--access-key=${accessKey}`, `--secret-key=${secretKey}`];
	await run('radosgw-admin', ['-c', conf, 'user', 'create', ...account, ...keys]);
	const everything = undo.move();
	return { endpoint, accessKey, secretKey, [Symbol.asyncDispose]: () => everything.disposeAsync() };
}

interface Daemon extends AsyncDisposable {
	/** Never resolves; rejects with what the logs in its folder say when the daemon ends by itself. */
	fails: Promise<never>;
}

/** A program that ends when this is disposed of. */
function startDaemon(program: string, words: string[], dir: string): Daemon {
	const child = spawn(program, words, { cwd: dir, stdio: 'ignore' });
	const ended = once(child, 'exit');
	const fails = ended.then(async ([code, signal]) => {
		throw new Error(`${program} ended (${code ?? signal}): ${await loggedErrors(dir)}`);
	});
	// Who stops it does not wait for a failure.
	fails.catch(() => undefined);
	return {
		fails,
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
			await ended;
		},
	};
}

/** The last errors in the logs of a Ceph, for who has to find out why it did not start. */
async function loggedErrors(dir: string): Promise<string> {
	const { stdout } = await run('grep', ['-rhE', '--include=*.log', ' -1 ', dir]).catch(() => ({
		stdout: 'no errors in its logs',
	}));
	return stdout.trim().split('\n').slice(-5).join('\n');
}

async function answers(endpoint: string): Promise<void> {
	const signal = AbortSignal.timeout(START_TIMEOUT_MS);
	while (!(await fetch(endpoint, { signal }).catch(() => null))?.ok) {
		await delay(250, undefined, { signal });
	}
}

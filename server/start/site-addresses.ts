import { isIPv6 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Config } from '../config/config.ts';

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);
const LOOPBACK = /^(127\.|::1$|localhost$)/;

type Interfaces = Record<string, NetworkInterfaceInfo[] | undefined>;

function lanAddresses(interfaces: Interfaces): string[] {
	return Object.values(interfaces).flatMap((addresses) =>
		(addresses ?? []).flatMap((each) =>
			each.internal || each.family !== 'IPv4' ? [] : [each.address],
		),
	);
}

function urlOf(host: string, port: number): string {
	return `http://${isIPv6(host) ? `[${host}]` : host}:${port}/`;
}

/** What is told to whoever started the site: where it is, here and in the network. */
export function siteAddresses(
	{ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>,
	port: number,
	interfaces: Interfaces = networkInterfaces(),
): string {
	const isForAll = EVERY_ADDRESS.has(host);
	const lines = ['', '西山开门了 · Xishan is open', ''];
	if (isForAll || LOOPBACK.test(host)) {
		lines.push(`  本机 · here         ${urlOf(isForAll ? '127.0.0.1' : host, port)}`);
	}
	const lan = isForAll ? lanAddresses(interfaces) : LOOPBACK.test(host) ? [] : [host];
	for (const address of lan) lines.push(`  局域网 · network    ${urlOf(address, port)}`);
	if (publicUrl) lines.push(`  对外 · public       ${publicUrl}/`);
	else if (LOOPBACK.test(host)) {
		lines.push(
			'',
			'  让同一网络里的人也能看 · to open it to your network:  HOST=0.0.0.0 npm start',
		);
	}
	return [...lines, '', ''].join('\n');
}

/**
 * What is told once more, to whoever started the site, while it has no administrator: the address that
 * makes its visitor one. It goes to the terminal and into no log.
 */
export function welcomeAddress(
	{ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>,
	port: number,
	path: string,
): string {
	const site = publicUrl ?? urlOf(EVERY_ADDRESS.has(host) ? '127.0.0.1' : host, port).slice(0, -1);
	return [
		'  还没有管理员：请在一天之内打开下面的一次性地址，成为第一位',
		'  Nobody administers this site yet: open this once, within a day, to be the first',
		'',
		`  ${site}${path}`,
		'',
		'',
	].join('\n');
}

import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { siteAddresses, welcomeAddress } from '../../../server/start/site-addresses.ts';

function address(of: string, internal = false): NetworkInterfaceInfo {
	const rest = { netmask: '255.0.0.0', mac: '00:00:00:00:00:00', cidr: null };
	return of.includes(':')
		? { address: of, family: 'IPv6', scopeid: 0, internal, ...rest }
		: { address: of, family: 'IPv4', internal, ...rest };
}

const INTERFACES = {
	lo: [address('127.0.0.1', true)],
	eth0: [address('192.168.1.5'), address('fe80::1')],
};

test('a site on loopback says where it is and how to open it to the network', () => {
	const told = siteAddresses({ host: '127.0.0.1', publicUrl: undefined }, 8180, INTERFACES);
	expect(told).toContain('http://127.0.0.1:8180/');
	expect(told).toContain('HOST=0.0.0.0 npm start');
	expect(told).not.toContain('192.168.1.5');
});

test('a site on every address says the one in the network, too', () => {
	const told = siteAddresses({ host: '0.0.0.0', publicUrl: undefined }, 80, INTERFACES);
	expect(told.match(/http:\S+/g)).toEqual(['http://127.0.0.1:80/', 'http://192.168.1.5:80/']);
	expect(told).not.toContain('HOST=');
});

test('a site on one address says that one, an IPv6 one in brackets', () => {
	const told = siteAddresses({ host: 'fd00::7', publicUrl: undefined }, 8180, INTERFACES);
	expect(told.match(/http:\S+/g)).toEqual(['http://[fd00::7]:8180/']);
});

test('a site behind a proxy says the address its visitors use', () => {
	const publicUrl = 'https://museum.example';
	const told = siteAddresses({ host: '127.0.0.1', publicUrl }, 8180, INTERFACES);
	expect(told).toContain('https://museum.example/');
	expect(told).not.toContain('HOST=');
});

test('a site without an administrator says where to become the first', () => {
	const path = '/welcome?token=xl_1';
	const told = (host: string, publicUrl?: string) => welcomeAddress({ host, publicUrl }, 80, path);
	expect(told('0.0.0.0')).toContain('http://127.0.0.1:80/welcome?token=xl_1\n');
	expect(told('fd00::7')).toContain('http://[fd00::7]:80/welcome?token=xl_1\n');
	expect(told('127.0.0.1', 'https://museum.example')).toContain(
		'https://museum.example/welcome?token=xl_1\n',
	);
});

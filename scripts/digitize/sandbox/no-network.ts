import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/*
 * Loaded before everything else (`node --import`), in the pipeline's process and in each of its
 * worker threads: whatever a scan may talk a reader into, nothing here opens a connection, looks up a
 * name or listens. http, https, http2, tls, fetch and WebSocket all pass through what is closed here.
 * Where the system can (see `fences.ts`), there is no network to begin with.
 */

/** Something in the pipeline reached for the network. */
class NetworkForbiddenError extends Error {
	override readonly name = 'NetworkForbiddenError';
	readonly code = 'ERR_NETWORK_FORBIDDEN';

	constructor(what: string) {
		super(`${what}: the pipeline has no network — hand in all files together`);
	}
}

forbidMethods(net.Socket.prototype, ['connect'], 'net');
forbidMethods(net.Server.prototype, ['listen'], 'net');
forbidMethods(dgram.Socket.prototype, ['bind', 'connect', 'send'], 'dgram');
forbidAll(dns, 'dns');
forbidAll(dns.promises, 'dns');
forbidAll(dns.Resolver.prototype, 'dns');
forbidAll(dns.promises.Resolver.prototype, 'dns');
syncBuiltinESMExports();

function forbidAll(target: object, what: string): void {
	const names = Object.getOwnPropertyNames(target);
	forbidMethods(
		target,
		names.filter((name) => /^(?:lookup|resolve|reverse)/.test(name)),
		what,
	);
}

function forbidMethods(target: object, names: string[], what: string): void {
	for (const name of names) {
		Object.defineProperty(target, name, {
			configurable: false,
			writable: false,
			value: () => {
				throw new NetworkForbiddenError(`${what}.${name}`);
			},
		});
	}
}

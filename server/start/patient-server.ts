import { createServer, type RequestListener, type Server } from 'node:http';

/** Who has not said what they want by then holds a socket for nothing (slow loris). */
const HEADERS_TIMEOUT_MS = 60_000;
/** No byte either way for so long: the other side is gone. Event streams beat every fifteen seconds. */
const IDLE_TIMEOUT_MS = 120_000;

/**
 * An HTTP server that lets a body take as long as it comes: Node's own 300 seconds for a whole request
 * (`requestTimeout`) cut a scan sent over a village's line (nodejs/node#46574). What protects it
 * instead: headers must be there in a minute, and a socket on which nothing moves is closed in two.
 */
export function patientServer(listener: RequestListener): Server {
	const options = { requestTimeout: 0, headersTimeout: HEADERS_TIMEOUT_MS };
	const server = createServer(options, listener);
	server.setTimeout(IDLE_TIMEOUT_MS);
	return server;
}

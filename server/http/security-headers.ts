import type { RequestHandler } from 'express';
import helmet from 'helmet';

const SELF = "'self'";
const NONE = "'none'";

/**
 * Headers that a 3D client was proven to work under: wasm and blob workers run, eval, inline scripts
 * and other origins do not, and the page stays cross-origin isolated. helmet's own defaults break
 * every 3D viewer. `upgrade-insecure-requests` is left out and HSTS is only sent over TLS, because a
 * kiosk on a LAN speaks plain http.
 */
const secure = helmet({
	contentSecurityPolicy: {
		useDefaults: false,
		directives: {
			defaultSrc: [SELF],
			baseUri: [NONE],
			objectSrc: [NONE],
			frameAncestors: [SELF],
			formAction: [SELF],
			scriptSrc: [SELF, "'wasm-unsafe-eval'"],
			scriptSrcAttr: [NONE],
			workerSrc: [SELF, 'blob:'],
			connectSrc: [SELF, 'blob:', 'data:'],
			imgSrc: [SELF, 'blob:', 'data:'],
			mediaSrc: [SELF, 'blob:'],
			fontSrc: [SELF],
			styleSrc: [SELF, "'unsafe-inline'"],
			manifestSrc: [SELF],
		},
	},
	crossOriginEmbedderPolicy: { policy: 'credentialless' },
	strictTransportSecurity: false,
});

const PERMISSIONS = [
	'xr-spatial-tracking=(self)',
	'camera=(self)',
	'gyroscope=(self)',
	'accelerometer=(self)',
	'fullscreen=(self)',
	'geolocation=()',
].join(', ');

/** Sets them on every answer. */
export const securityHeaders: RequestHandler = (req, res, next) => {
	res.setHeader('Permissions-Policy', PERMISSIONS);
	if (req.secure) res.setHeader('Strict-Transport-Security', 'max-age=31536000');
	secure(req, res, next);
};

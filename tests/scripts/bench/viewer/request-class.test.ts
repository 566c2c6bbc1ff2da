import { expect, it } from 'vitest';
import { requestClass } from '../../../../scripts/bench/viewer/request-class.ts';

it.each([
	['/objects/assets/ab/high.glb', 'application/octet-stream', 'model'],
	['/model?id=3', 'model/gltf-binary', 'model'],
	['/assets/shell-1f.js?v=2', 'text/javascript', 'js'],
	['/assets/decoder.wasm', 'application/wasm', 'js'],
	['/assets/main.css', 'text/css; charset=utf-8', 'css'],
	['/assets/serif-3.woff2', 'font/woff2', 'font'],
	['/api/v1/artefacts/stone-lion', 'application/problem+json', 'json'],
	['/objects/assets/ab/poster.webp', 'image/webp', 'image'],
	['/artefacts/stone-lion', 'text/html', 'other'],
])('puts %s of type %s with %s', (url, type, expected) => {
	expect(requestClass(url, type)).toBe(expected);
});

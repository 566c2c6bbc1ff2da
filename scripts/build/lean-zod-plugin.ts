import type { Plugin } from 'vite';

const WRITES_JSON_SCHEMA = /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;

const CONTRACT = /\/assets\/schema\/.*\.ts$/;
/** Names and examples of a schema, an object at most one level deep. */
const META = /\s*\.meta\(\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\}\)/g;

/**
 * Leaves out of the client what only writers of JSON Schema need, since it only ever reads answers, of a
 * budget of 120 KB: zod's own writer (18 KB, 5 KB of them on the wire), which zod ties to every schema, so
 * that no bundler can drop it by itself, and the names and examples that our schemas carry for it.
 * Every function of zod's two modules becomes one that does nothing.
 */
export function leanZod(): Plugin[] {
	return [
		{
			name: 'xishan-lean-zod',
			apply: 'build',
			transform: {
				filter: { id: WRITES_JSON_SCHEMA },
				handler(code) {
					const names = [...code.matchAll(/^export (?:const|function|class) (\w+)/gm)];
					const stubs = names.map(([, name]) => `export const ${name} = absent;`);
					return { code: `const absent = () => absent;\n${stubs.join('\n')}\n`, map: null };
				},
			},
		},
		{
			name: 'xishan-nameless-schemas',
			apply: 'build',
			enforce: 'pre',
			transform: {
				filter: { id: CONTRACT },
				handler: (code) => ({ code: code.replaceAll(META, ''), map: null }),
			},
		},
	];
}

import type { Plugin } from 'vite';

const WRITES_JSON_SCHEMA = /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;

/**
 * Leaves zod's writer of JSON Schema out of the client, which only ever reads answers: 18 KB, 5 KB of
 * them on the wire, of a budget of 120. zod ties it to every schema, so no bundler can drop it by itself.
 * Every function of the two modules becomes one that does nothing.
 */
export function leanZod(): Plugin {
	return {
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
	};
}

import { expect, it } from 'vitest';
import { holds } from '../../../server/auth/policy.ts';
import type { Principal } from '../../../server/auth/principal.ts';

const PLACE = ['well', 'river-museum', 'cluster'];
const person = (role: 'docent' | 'curator' | 'admin', node: string): Principal => ({
	kind: 'account',
	id: 'a',
	grants: [{ role, node }],
});

it('a role holds at its node and below, and for every lesser role', () => {
	expect(holds(person('curator', 'river-museum'), 'curator', PLACE)).toBe(true);
	expect(holds(person('curator', 'cluster'), 'docent', PLACE)).toBe(true);
	expect(holds(person('curator', 'well'), 'registrar', PLACE)).toBe(false);
});

it('a role holds neither above its node nor beside it', () => {
	expect(holds(person('admin', 'well'), 'visitor', ['river-museum', 'cluster'])).toBe(false);
	expect(holds(person('admin', 'hill-museum'), 'visitor', PLACE)).toBe(false);
});

it('devices and strangers hold none, the program itself all', () => {
	expect(holds({ kind: 'device', id: 'd', node: 'well' }, 'visitor', PLACE)).toBe(false);
	expect(holds({ kind: 'anonymous' }, 'visitor', PLACE)).toBe(false);
	expect(holds({ kind: 'system', id: 'import' }, 'admin', PLACE)).toBe(true);
});

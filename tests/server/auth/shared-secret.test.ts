import { expect, it } from 'vitest';
import { sharedSecret } from '../../../server/auth/shared-secret.ts';
import { openCatalogue } from '../../support/catalogue.ts';
import { startEmbedded } from '../../support/postgres.ts';

it('machines that start side by side on one database share one secret a purpose', async () => {
	await using postgres = await startEmbedded();
	await using one = await openCatalogue(postgres);
	await using two = await openCatalogue(postgres);
	const made = await Promise.all([one, two, one, two].map((db) => sharedSecret(db, 'sessions')));
	expect(new Set(made.map((each) => each.toString('hex'))).size).toBe(1);
	expect(made[0]).toHaveLength(32);
	expect(await sharedSecret(one, 'addresses')).not.toEqual(made[0]);
});

import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { secret } from '../database/schema/auth.ts';

const SECRET_BYTES = 32;

/**
 * A secret of this database by its name, made by whoever asks first. All machines of one database
 * believe each other's sessions and signed addresses, therefore, and so they do after a restart.
 */
export async function sharedSecret(db: Database, name: 'sessions' | 'addresses'): Promise<Buffer> {
	await db.orm
		.insert(secret)
		.values({ name, value: randomBytes(SECRET_BYTES) })
		.onConflictDoNothing();
	const [row] = await db.orm.select().from(secret).where(eq(secret.name, name));
	if (!row) throw new Error(`secret: the database keeps none for ${name}`);
	return row.value;
}

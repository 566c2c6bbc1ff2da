import { afterAll, beforeAll, describe } from 'vitest';
import { MemoryStore } from '../../../server/storage/memory-store.ts';
import { serveStore } from '../../support/serve-store.ts';
import { objectStoreContract } from './object-store.contract.ts';
import { signedAddressContract } from './signed-address.contract.ts';
import { signedHttpContract } from './signed-http.contract.ts';

describe('MemoryStore', () => {
	const store = new MemoryStore();
	let served: Awaited<ReturnType<typeof serveStore>>;
	beforeAll(async () => {
		served = await serveStore(store);
	});
	afterAll(() => served[Symbol.asyncDispose]());

	objectStoreContract(() => store);
	signedAddressContract(() => store);
	signedHttpContract(() => served, { expired: 410 });
});

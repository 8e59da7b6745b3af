import { storeContract } from '../store.contract.ts';
import { openDuckDbStore } from './duckdb-store.ts';

storeContract('DuckDB in memory', async () => {
  const store = await openDuckDbStore({ path: ':memory:' });
  return { store, close: () => store.close() };
});

import { startInflux } from '../../test/services/influx.ts';
import { storeContract } from '../store.contract.ts';
import { openInfluxStore } from './influx-store.ts';

storeContract('InfluxDB', async () => {
  const influx = await startInflux();
  const store = await openInfluxStore(influx);
  return {
    store,
    close: async () => {
      await store.close();
      await influx.stop();
    },
  };
});

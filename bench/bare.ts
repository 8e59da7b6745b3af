import { createServer } from 'node:net';
import { Aedes } from 'aedes';

/** The baseline: aedes as it comes, which acks at once and stores nothing. Prints its port as one line of JSON. */
const aedes = await Aedes.createBroker();
const server = createServer((socket) => aedes.handle(socket));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ mqtt: `mqtt://127.0.0.1:${port}` })}\n`);
});

import type { AddressInfo, Server } from 'node:net';
import { ApertoError, messageOf } from '../model/errors.ts';

/** Listens and tells the real address (port 0 picks a free one). */
export const listen = (
  server: Server,
  host: string,
  port: number,
  door: string,
  flag: string,
): Promise<{ readonly host: string; readonly port: number }> =>
  new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(toListenError(error, host, port, door, flag));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      // A connection that could not be taken is no reason to end the process.
      server.on('error', (error) => process.emitWarning(error));
      const address = server.address();
      resolve({ host, port: isInet(address) ? address.port : port });
    });
  });

const isInet = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

const toListenError = (error: Error, host: string, port: number, door: string, flag: string): ApertoError => {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new ApertoError(
      'address_in_use',
      `${door}: ${host}:${port} is taken; choose another port with ${flag} (0 picks a free one)`,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL' || code === 'EAI_AGAIN') {
    return new ApertoError(
      'config',
      `${door}: cannot listen on ${host}:${port}: it is no address of this machine; choose another with --host (127.0.0.1, 0.0.0.0, ::)`,
    );
  }
  return new ApertoError('config', `${door}: cannot listen on ${host}:${port}: ${messageOf(error)}`, {
    cause: error,
  });
};

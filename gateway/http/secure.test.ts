import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import mqtt from 'mqtt';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { startHttp } from '../../test/http/start.ts';
import {
  type Authority,
  type Certified,
  createAuthority,
  serverSubject,
  writeCertified,
} from '../../test/support/certificates.ts';
import { temporaryDirectory } from '../../test/support/directory.ts';
import { brokerOf } from '../../test/support/gateway.ts';
import { TlsCertificates } from '../tls.ts';
import { attachWebSocket } from '../websocket.ts';
import { Tokens } from './tokens.ts';

let authority: Authority;
let server: Certified;
beforeAll(async () => {
  authority = await createAuthority('authority of this test');
  server = await authority.issue(serverSubject);
});

const startSecurely = async () => {
  const directory = temporaryDirectory();
  const lines: string[] = [];
  const tell = (_fields: object, line: string): void => void lines.push(line);
  const certificates = new TlsCertificates({
    files: writeCertified(directory, 'server', server),
    clock: { now: () => Date.now() },
    log: { info: tell, warn: tell, error: tell },
    everyMs: 20,
  });
  onTestFinished(() => certificates.close());
  const tokens = new Tokens({ token: 'a-token-of-this-test' });
  const built = await startHttp({ certificates, tokens });
  const { port } = await built.server.listenSecurely('127.0.0.1', 0);
  return { ...built, port, directory, lines };
};

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  /** Serial number of the certificate that the server showed. */
  readonly serial: string | undefined;
}

const ask = (port: number, path: string, authorization?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = authorization === undefined ? {} : { authorization };
    const options = { port, host: 'localhost', path, ca: authority.cert, headers, agent: false };
    const request = get(options, (response) => {
      const { statusCode, socket } = response;
      const serial = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.serialNumber : undefined;
      text(response).then((body) => resolve({ status: statusCode, body, serial }), reject);
    });
    request.on('error', reject);
  });

it('serves the same routes over TLS, behind the same tokens', async () => {
  const { port } = await startSecurely();
  expect(await ask(port, '/health/live')).toMatchObject({ status: 200 });
  expect(await ask(port, '/api/v1/sites')).toMatchObject({ status: 401 });
  const sites = await ask(port, '/api/v1/sites', 'Bearer a-token-of-this-test');
  expect(sites.status).toBe(200);
  expect(sites.body).toContain('via-rossini');
});

it('takes a new certificate without a restart', async () => {
  const { port, directory, lines } = await startSecurely();
  const { serial } = await ask(port, '/health/live');
  writeCertified(directory, 'server', await authority.issue(serverSubject));
  await vi.waitFor(() => expect(lines.at(-1)).toBe('certificates read again'));
  const again = await ask(port, '/health/live');
  expect(again.status).toBe(200);
  expect(again.serial).not.toBe(serial);
});

it('carries MQTT over WebSocket too', async () => {
  const { port, server: http } = await startSecurely();
  const { broker, accepted } = await brokerOf();
  if (http.secureServer !== undefined) onTestFinished(attachWebSocket(http.secureServer, broker.handle));
  const client = await mqtt.connectAsync(`wss://localhost:${port}/mqtt`, {
    reconnectPeriod: 0,
    ca: authority.cert,
  });
  onTestFinished(() => client.endAsync(true));
  await client.publishAsync('aperto/1/via-rossini/seat/S07', 'x', { qos: 1 });
  expect(accepted).toHaveLength(1);
});

it('has no such port without certificates', async () => {
  const { server: http } = await startHttp();
  await expect(http.listenSecurely('127.0.0.1', 0)).rejects.toMatchObject({ code: 'config' });
});

it('closes within the time of its open requests', async () => {
  const { port, server: http } = await startSecurely();
  await ask(port, '/health/live');
  const began = performance.now();
  await http.close();
  expect(performance.now() - began).toBeLessThan(2_000);
  await expect(ask(port, '/health/live')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

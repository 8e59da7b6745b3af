import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningAperto, startAperto, temporaryDirectory } from './support/aperto.ts';
import { bytesOf, loadVectors } from './support/vectors.ts';

let aperto: RunningAperto;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  aperto = await startAperto({ data: directory.path });
});
afterAll(async () => {
  await aperto.stop();
  await directory.remove();
});

it('asks a Sparkplug node for its birth when its data cannot be read without', async () => {
  const data = loadVectors()
    .flatMap(({ vectors }) => vectors)
    .find(({ topic, rejected }) => topic.includes('/NDATA/') && rejected === 'unknown_alias');
  const [, group, , node] = data?.topic.split('/') ?? [];
  const client = await mqtt.connectAsync(aperto.mqtt, { clientId: 'edge-node' });
  const commands: string[] = [];
  client.on('message', (topic, payload) =>
    commands.push(`${topic} ${payload.includes('Node Control/Rebirth')}`),
  );
  await client.subscribeAsync(`spBv1.0/${group}/NCMD/#`);
  await client.publishAsync(data?.topic ?? '', Buffer.from(bytesOf(data ?? {})), { qos: 1 });
  await vi.waitFor(() => expect(commands).toEqual([`spBv1.0/${group}/NCMD/${node} true`]));
  expect((await aperto.ledger()).quarantined).toEqual({ unknown_alias: 1 });
  await client.endAsync();
});

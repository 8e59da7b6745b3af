import { Aedes } from 'aedes';
import { expect, onTestFinished, test } from 'vitest';
import { guardBroker } from './guard.ts';

interface Persistence {
  incomingStorePacket(client: object, packet: object): Promise<unknown>;
  incomingGetPacket(client: object, packet: object): Promise<{ payload: { length: number } }>;
  incomingDelPacket(client: object, packet: object): Promise<unknown>;
}

const guarded = async (): Promise<Persistence> => {
  const aedes = await Aedes.createBroker();
  onTestFinished(() => new Promise<void>((resolve) => aedes.close(resolve)));
  guardBroker(aedes);
  return Reflect.get(aedes, 'persistence');
};

const client = { id: 'S07' };
const packet = { cmd: 'publish', topic: 'a', payload: Buffer.alloc(1_000), qos: 2, messageId: 7 };

test('of a QoS 2 message that waits for its PUBREL the id is kept, not the payload', async () => {
  const persistence = await guarded();
  await persistence.incomingStorePacket(client, packet);
  expect((await persistence.incomingGetPacket(client, { messageId: 7 })).payload).toHaveLength(0);
  await expect(persistence.incomingGetPacket(client, { messageId: 8 })).rejects.toThrow('no such packet');
});

test('what is deleted twice is no error', async () => {
  const persistence = await guarded();
  await persistence.incomingStorePacket(client, packet);
  expect(await persistence.incomingDelPacket(client, packet)).toBe(true);
  expect(await persistence.incomingDelPacket(client, packet)).toBe(false);
});

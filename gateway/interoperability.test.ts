import { describe, expect, test, vi } from 'vitest';
import { reach, transports, Wire } from '../test/support/wire.ts';

/*
 * What Eclipse Paho's interoperability suite asks of a server of MQTT 3.1.1 (client_test.py of paho.mqtt.testing), in
 * tests of our own that bear its names. Topics and filters are those of the suite.
 */
const topics = ['TopicA', 'TopicA/B', 'Topic/C', 'TopicA/C', '/TopicA'] as const;
const [topicA, topicAB, topicC, topicAC, slashTopicA] = topics;
const twoLevels = '+/+';
const belowA = 'TopicA/#';

const texts = (wire: Wire): string[] => wire.messages().map(({ payload }) => payload.toString());
/** Packet ids by payload. */
const idsOf = (wire: Wire): object =>
  Object.fromEntries(wire.messages().map(({ payload, messageId }) => [payload.toString(), messageId]));
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5_000, interval: 5 });

describe.each(transports)('MQTT 3.1.1 over %s', (transport) => {
  const start = async () => {
    const { open } = await reach(transport);
    return () => new Wire(open());
  };

  test('testBasic', async () => {
    const wire = await start();
    const first = wire();
    expect(await first.connect('myclientid')).toMatchObject({ returnCode: 0, sessionPresent: false });
    await first.disconnect();

    const client = wire();
    expect(await client.connect('myclientid')).toMatchObject({ returnCode: 0, sessionPresent: false });
    expect(await client.subscribe(topicA, 2)).toEqual([2]);
    await client.publish(topicA, 'qos 0', 0);
    await client.publish(topicA, 'qos 1', 1);
    await client.publish(topicA, 'qos 2', 2);
    await soon(() => expect(texts(client)).toEqual(['qos 0', 'qos 1', 'qos 2']));
    expect(client.messages().map(({ qos }) => qos)).toEqual([0, 1, 2]);
    await client.disconnect();

    const twice = wire();
    await twice.connect('myclientid');
    await expect(twice.connect('myclientid')).rejects.toThrow('closed');
    const misnamed = wire();
    // The generator knows no other name; the server must close for it [MQTT-3.1.2-1].
    misnamed.write(Buffer.from([0x10, 14, 0, 2, 0x68, 0x6a, 4, 2, 0, 0, 0, 4, 0x6d, 0x79, 0x69, 0x64]));
    await misnamed.closed();
    expect(misnamed.packets).toEqual([]);
  });

  test('test_retained_messages', async () => {
    const wire = await start();
    const publishAll = async (...payloads: readonly string[]): Promise<Wire> => {
      const client = wire();
      expect(await client.connect('myclientid')).toMatchObject({ sessionPresent: false });
      await client.publish(topicAB, payloads[0] ?? '', 0, true);
      await client.publish(topicC, payloads[1] ?? '', 1, true);
      await client.publish(topicAC, payloads[2] ?? '', 2, true);
      await client.subscribe(twoLevels, 2);
      return client;
    };
    const client = await publishAll('qos 0', 'qos 1', 'qos 2');
    await soon(() => expect(texts(client).sort()).toEqual(['qos 0', 'qos 1', 'qos 2']));
    expect(client.messages().map(({ retain }) => retain)).toEqual([true, true, true]);
    await client.disconnect();

    const cleared = await publishAll();
    await cleared.settled();
    expect(cleared.messages()).toEqual([]);
  });

  test('will_message_test', async () => {
    const wire = await start();
    const will = {
      topic: topicC,
      payload: Buffer.from('client not disconnected'),
      qos: 0,
      retain: false,
    } as const;
    const leaver = wire();
    expect(await leaver.connect('myclientid', { will, keepalive: 2 })).toMatchObject({
      sessionPresent: false,
    });
    const heir = wire();
    await heir.connect('myclientid2', { clean: false });
    await heir.subscribe(topicC, 2);
    leaver.terminate();
    await soon(() => expect(texts(heir)).toEqual(['client not disconnected']));
  });

  test('test_zero_length_clientid', async () => {
    const wire = await start();
    const stays = wire();
    // A generator refuses it as well: CONNECT, clean session 0, client id of no length [MQTT-3.1.3-8].
    stays.write(Buffer.from([0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0, 0, 0, 0, 0]));
    await stays.closed();
    expect(stays.packets).toMatchObject([{ cmd: 'connack', returnCode: 2 }]);
    const clean = wire();
    expect(await clean.connect('', { clean: true })).toMatchObject({ returnCode: 0 });
    await clean.disconnect();
  });

  test('test_offline_message_queueing', async () => {
    const wire = await start();
    const leaver = wire();
    await leaver.connect('myclientid', { clean: false });
    expect(await leaver.subscribe(twoLevels, 2)).toEqual([2]);
    await leaver.disconnect();

    const publisher = wire();
    expect(await publisher.connect('myclientid2')).toMatchObject({ sessionPresent: false });
    await publisher.publish(topicAB, 'qos 0', 0);
    await publisher.publish(topicC, 'qos 1', 1);
    await publisher.publish(topicAC, 'qos 2', 2);
    await publisher.disconnect();

    const back = wire();
    expect(await back.connect('myclientid', { clean: false })).toMatchObject({ sessionPresent: true });
    // The suite takes two or three: QoS 0 need not be kept.
    await soon(() => expect(texts(back)).toEqual(['qos 1', 'qos 2']));
    expect(back.messages().map(({ qos, dup }) => [qos, dup])).toEqual([
      [1, false],
      [2, false],
    ]);
    await back.settled();
    await back.disconnect();
    const again = wire();
    await again.connect('myclientid', { clean: false });
    await again.settled();
    expect(again.messages()).toEqual([]);
  });

  test('test_overlapping_subscriptions', async () => {
    const wire = await start();
    const client = wire();
    await client.connect('myclientid');
    expect(await client.subscribe(belowA, 2, { topic: 'TopicA/+', qos: 1 })).toEqual([2, 1]);
    await client.publish(topicAC, 'overlapping topic filters', 2);
    await soon(() => expect(client.messages()).toHaveLength(1));
    await client.settled();
    // One message for all that match, with the highest QoS of them [MQTT-3.3.5-1].
    expect(client.messages().map(({ qos }) => qos)).toEqual([2]);
  });

  test('test_keepalive', async () => {
    const wire = await start();
    const will = {
      topic: slashTopicA,
      payload: Buffer.from('keepalive expiry'),
      qos: 0,
      retain: false,
    } as const;
    const heir = wire();
    await heir.connect('myclientid2');
    await heir.subscribe(slashTopicA, 2);
    const silent = wire();
    const began = performance.now();
    await silent.connect('myclientid', { keepalive: 1, will });
    await soon(() => expect(texts(heir)).toEqual(['keepalive expiry']));
    // One and a half times the keepalive [MQTT-3.1.2-24].
    expect(performance.now() - began).toBeGreaterThan(1_450);
    await silent.closed();
  });

  test('test_redelivery_on_reconnect', async () => {
    const wire = await start();
    const client = wire();
    await client.connect('myclientid2', { clean: false });
    await client.subscribe(belowA, 2);
    client.isPaused = true;
    await client.publish(topicAB, 'one', 1);
    await client.publish(topicAC, 'two', 2);
    // QoS 1 and QoS 2 need not come in one order [MQTT-4.6.0-6].
    await soon(() => expect(texts(client).sort()).toEqual(['one', 'two']));
    const ids = idsOf(client);
    await client.disconnect();

    const back = wire();
    await back.connect('myclientid2', { clean: false });
    await soon(() => expect(texts(back).sort()).toEqual(['one', 'two']));
    // With the same packet ids, and marked as sent before [MQTT-4.4.0-1, MQTT-3.3.1-1].
    expect(idsOf(back)).toEqual(ids);
    expect(back.messages().map(({ dup }) => dup)).toEqual([true, true]);
    await back.settled();
    await back.disconnect();
    const again = wire();
    await again.connect('myclientid2', { clean: false });
    await again.settled();
    expect(again.packets.map(({ cmd }) => cmd)).toEqual(['connack', 'pingresp']);
  });

  test('test_subscribe_failure', async () => {
    const wire = await start();
    const client = wire();
    await client.connect('myclientid');
    // What this server does not let anybody subscribe to; 3.1.1 has no shared subscriptions [MQTT-3.9.3-2].
    const granted = await client.subscribe('$share/group/test/nosubscribe', 2, { topic: topicA, qos: 2 });
    expect(granted).toEqual([0x80, 2]);
  });

  test('test_dollar_topics', async () => {
    const wire = await start();
    const client = wire();
    await client.connect('myclientid2');
    await client.subscribe(twoLevels, 2);
    await client.publish(`$${topicAB}`, '', 1);
    await client.settled();
    expect(client.messages()).toEqual([]);
  });

  test('test_unsubscribe', async () => {
    const wire = await start();
    const subscriber = wire();
    await subscriber.connect('myclientid2');
    for (const topic of [topicA, topicAB, topicC]) await subscriber.subscribe(topic, 2);
    await subscriber.unsubscribe(topicA);
    const publisher = wire();
    await publisher.connect('myclientid');
    for (const topic of [topicA, topicAB, topicC]) await publisher.publish(topic, topic, 1);
    await soon(() => expect(texts(subscriber)).toEqual([topicAB, topicC]));
    await subscriber.settled();
    expect(subscriber.messages()).toHaveLength(2);
  });
});

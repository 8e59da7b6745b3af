import protobuf from 'protobufjs/light.js';

/**
 * The part of Sparkplug B's payload that carries readings [Sparkplug 3.0.0 §6.4.1]. Data sets, templates, files and
 * extensions are skipped as unknown fields, which also bounds how deep a payload can nest.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    Payload: {
      fields: {
        timestamp: { type: 'uint64', id: 1 },
        metrics: { rule: 'repeated', type: 'Metric', id: 2 },
        seq: { type: 'uint64', id: 3 },
      },
    },
    Metric: {
      oneofs: {
        // By itself, so that an alias of 0 is one: without this, 0 on the wire reads as "not there".
        presentAlias: { oneof: ['alias'] },
        content: {
          oneof: ['intValue', 'longValue', 'floatValue', 'doubleValue', 'booleanValue', 'stringValue'],
        },
      },
      fields: {
        name: { type: 'string', id: 1 },
        alias: { type: 'uint64', id: 2 },
        timestamp: { type: 'uint64', id: 3 },
        datatype: { type: 'uint32', id: 4 },
        isHistorical: { type: 'bool', id: 5 },
        isNull: { type: 'bool', id: 7 },
        properties: { type: 'PropertySet', id: 9 },
        intValue: { type: 'uint32', id: 10 },
        longValue: { type: 'uint64', id: 11 },
        floatValue: { type: 'float', id: 12 },
        doubleValue: { type: 'double', id: 13 },
        booleanValue: { type: 'bool', id: 14 },
        stringValue: { type: 'string', id: 15 },
      },
    },
    PropertySet: {
      fields: {
        keys: { rule: 'repeated', type: 'string', id: 1 },
        values: { rule: 'repeated', type: 'PropertyValue', id: 2 },
      },
    },
    PropertyValue: { fields: { stringValue: { type: 'string', id: 8 } } },
  },
});
const payloadType = root.lookupType('Payload');

/** The payload as an object of own keys, 64-bit numbers as text. Throws on bytes that are no such message. */
export const decodeProto = (bytes: Uint8Array): unknown =>
  payloadType.toObject(payloadType.decode(bytes), { longs: String });

/** Bytes of a payload given as an object with the keys above. */
export const encodeProto = (payload: Readonly<Record<string, unknown>>): Uint8Array =>
  payloadType.encode(payloadType.fromObject(payload)).finish();

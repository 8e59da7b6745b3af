import protobuf from 'protobufjs/light.js';

/** A metric of a payload; name and datatype are those of a birth, data has the alias alone. */
export interface Metric {
  readonly name?: string;
  readonly alias?: number;
  readonly timestamp: number;
  readonly datatype?: number;
  readonly longValue?: number;
  readonly doubleValue?: number;
  readonly booleanValue?: boolean;
  /** Engineering unit, as a property. */
  readonly unit?: string;
}

/** Data types by their numbers [Sparkplug 3.0.0 §6.4.16]. */
export const datatypes = { uint64: 8, double: 10, boolean: 11, string: 12 } as const;

/** Fields that are 0 are written too: an alias, a sequence number and a power may be 0. */
const edition = 'proto2';

/** What of the schema an edge node with meters needs [Sparkplug 3.0.0 §6.4.1, sparkplug_b.proto]. */
const root = protobuf.Root.fromJSON({
  nested: {
    PropertyValue: {
      edition,
      fields: { type: { type: 'uint32', id: 1 }, stringValue: { type: 'string', id: 8 } },
    },
    PropertySet: {
      edition,
      fields: {
        keys: { rule: 'repeated', type: 'string', id: 1 },
        values: { rule: 'repeated', type: 'PropertyValue', id: 2 },
      },
    },
    Metric: {
      edition,
      fields: {
        name: { type: 'string', id: 1 },
        alias: { type: 'uint64', id: 2 },
        timestamp: { type: 'uint64', id: 3 },
        datatype: { type: 'uint32', id: 4 },
        properties: { type: 'PropertySet', id: 9 },
        longValue: { type: 'uint64', id: 11 },
        doubleValue: { type: 'double', id: 13 },
        booleanValue: { type: 'bool', id: 14 },
      },
    },
    Payload: {
      edition,
      fields: {
        timestamp: { type: 'uint64', id: 1 },
        metrics: { rule: 'repeated', type: 'Metric', id: 2 },
        seq: { type: 'uint64', id: 3 },
      },
    },
  },
});
const payloadType = root.lookupType('Payload');

/** @param seq absent in a death, which is not part of the sequence */
export const encodePayload = (
  timestamp: number,
  metrics: readonly Metric[],
  seq: number | undefined,
): Uint8Array => {
  const payload = { timestamp, metrics: metrics.map(withProperties), ...(seq === undefined ? {} : { seq }) };
  return payloadType.encode(payloadType.fromObject(payload)).finish();
};

const withProperties = ({ unit, ...metric }: Metric) => ({
  ...metric,
  ...(unit === undefined
    ? {}
    : { properties: { keys: ['engUnit'], values: [{ type: datatypes.string, stringValue: unit }] } }),
});

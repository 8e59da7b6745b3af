import { type Decoded, nothing, rejected } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer, isRecord, valueAt } from '../../measure.ts';
import { gatherAccessPoint, isAccessPoint } from './access-point.ts';
import { gatherClientList, isClient } from './clients.ts';

const source =
  'UniFi Network controller: API answers of stat/device and stat/sta, messages of the event socket';

/** Messages of the event socket tell of some clients or of one: what is not in them is not gone. */
const partial = /^(?:sta|user|guest|client|event|alert|alarm)/;

/** `{ meta, data: […] }`, a bare array, or one record; `undefined` where it is none of them. */
const entriesOf = (payload: unknown) => {
  const data = isRecord(payload) && 'data' in payload ? payload.data : payload;
  const list = isRecord(data) ? [data] : data;
  return Array.isArray(list) ? list.filter(isRecord) : undefined;
};

const read = (payload: unknown): Decoded => {
  const message = valueAt(payload, ['meta', 'message']);
  if (typeof message === 'string' && partial.test(message)) return nothing;
  if (valueAt(payload, ['meta', 'rc']) === 'error')
    return rejected('not_understood', 'the controller answered with an error; let the poller log in again');
  const entries = entriesOf(payload);
  if (entries === undefined)
    return rejected('not_understood', 'not an answer of stat/device or stat/sta, and no record of one');
  const gatherer = new Gatherer();
  gatherClientList(
    gatherer,
    entries.filter((entry) => !isAccessPoint(entry) && isClient(entry)),
  );
  for (const entry of entries) if (isAccessPoint(entry)) gatherAccessPoint(gatherer, entry);
  return gatherer.decoded();
};

/** What somebody who asks the controller posts here. */
export const unifiController: Definition = {
  name: 'unifi/controller',
  title: 'UniFi access points: answers of the controller',
  source,
  topics: ['hooks/unifi', 'hooks/unifi/{path...}'],
  format: 'json',
  read: ({ payload }) => read(payload),
};

/** The same on any topic, where every record is an access point. */
export const unifiElsewhere: Definition = {
  name: 'unifi/elsewhere',
  title: 'UniFi access points: answers of the controller on topics of their own',
  source,
  topics: ['{topic...}'],
  format: 'json',
  recognises: (payload) => {
    const entries = entriesOf(payload);
    return (
      entries !== undefined &&
      entries.length > 0 &&
      entries.every((entry) => Array.isArray(entry.radio_table_stats) && typeof entry.mac === 'string')
    );
  },
  read: ({ payload }) => read(payload),
};

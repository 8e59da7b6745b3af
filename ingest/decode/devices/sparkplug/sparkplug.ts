import { type Decoded, nothing, type Rejected, rejected } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer } from '../../measure.ts';
import { identityOf, rememberBirth, type Who } from './birth.ts';
import { type Message, readMetrics } from './figures.ts';
import { type Payload, readPayload, readValue } from './payload.ts';
import {
  follow,
  forgetSession,
  rebirthOf,
  recallDevices,
  recallSession,
  rememberDevices,
  rememberSession,
} from './session.ts';

const setOnline = (gatherer: Gatherer, who: Who, online: 0 | 1, time?: number): Gatherer =>
  gatherer.add({ device: identityOf(who), time }, 'device_health', 'online', online);

const bdSeqOf = ({ metrics }: Payload): number | undefined => {
  const content = metrics.find(({ name }) => name === 'bdSeq')?.content;
  const value = content === undefined ? undefined : readValue(content, undefined);
  return typeof value === 'number' ? value : undefined;
};

/** A birth defines names, aliases, types and units, and carries the present value of every metric. */
const readBirth = (message: Message): Decoded => {
  const { who, payload, context } = message;
  const { memory } = context;
  if (who.device === undefined) {
    rememberSession(memory, who, { seq: payload.seq, bdSeq: bdSeqOf(payload), whole: true });
    rememberDevices(memory, who, []);
  } else {
    const devices = recallDevices(memory, who);
    if (!devices.includes(who.device)) rememberDevices(memory, who, [...devices, who.device]);
  }
  const followed = who.device === undefined || follow(memory, who, payload.seq);
  rememberBirth(memory, who, payload.metrics);
  const { gatherer } = readMetrics(message, true);
  const decoded = setOnline(gatherer, who, 1, payload.time).decoded();
  return followed ? decoded : wish(decoded, message);
};

const wish = (decoded: Decoded, { who, context }: Message): Decoded => {
  const rebirth = rebirthOf(context, who);
  if (rebirth === undefined || decoded.kind === 'unknown' || decoded.kind === 'refused') return decoded;
  return { ...decoded, rebirth };
};

const unknownAlias = (detail: string): Rejected => rejected('unknown_alias', detail);

/**
 * Data by name can be read at any time. Aliases hold only while no message since the birth is missing, because a
 * birth that was missed may have given them to other metrics.
 */
const readData = (message: Message): Decoded => {
  const { who, payload, context } = message;
  const whole = follow(context.memory, who, payload.seq);
  const { gatherer, strangers } = readMetrics(message, whole);
  if (strangers > 0) {
    const missed = 'messages since the birth are missing, or it was never heard; the node is asked for it';
    gatherer.doubt(unknownAlias(whole ? 'an alias that the birth did not define' : missed));
  }
  const decoded = gatherer.decoded();
  return whole && strangers === 0 ? decoded : wish(decoded, message);
};

/**
 * The will of a node: with it all its devices are gone. One of an earlier session, which `bdSeq` shows, says
 * nothing. Its timestamp is of the connect, not of the death [§6.4.20].
 */
const readNodeDeath = ({ who, payload, context: { memory } }: Message): Decoded => {
  const session = recallSession(memory, who);
  const bdSeq = bdSeqOf(payload);
  if (session?.bdSeq !== undefined && bdSeq !== undefined && session.bdSeq !== bdSeq) return nothing;
  const gatherer = setOnline(new Gatherer(), who, 0);
  for (const device of recallDevices(memory, who)) setOnline(gatherer, { ...who, device }, 0);
  forgetSession(memory, who);
  rememberDevices(memory, who, []);
  return gatherer.decoded();
};

const readDeviceDeath = (message: Message): Decoded => {
  const { who, payload, context } = message;
  const whole = follow(context.memory, who, payload.seq);
  const others = recallDevices(context.memory, who).filter((device) => device !== who.device);
  rememberDevices(context.memory, who, others);
  const decoded = setOnline(new Gatherer(), who, 0, payload.time).decoded();
  return whole ? decoded : wish(decoded, message);
};

const readers: Readonly<Record<string, (message: Message) => Decoded>> = {
  NBIRTH: readBirth,
  DBIRTH: readBirth,
  NDATA: readData,
  DDATA: readData,
  NDEATH: readNodeDeath,
  DDEATH: readDeviceDeath,
};

const commands = new Set(['NCMD', 'DCMD', 'STATE']);

/** Sparkplug B nodes and devices: metrics by name and unit, births, deaths, aliases. */
export const sparkplug: Definition = {
  name: 'sparkplug/b',
  title: 'Sparkplug B edge node or device',
  source: 'Eclipse Sparkplug 3.0.0: topics, payloads, operational behaviour',
  topics: ['spBv1.0/{group}/{type}/{node}', 'spBv1.0/{group}/{type}/{node}/{device}', 'spBv1.0/STATE/{host}'],
  format: 'bytes',
  read: ({ captures, payload: bytes, context }) => {
    const { group = '', node = '', type = 'STATE', device } = captures;
    if (commands.has(type)) return nothing;
    const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
    if (reader === undefined || type.startsWith('D') !== (device !== undefined)) {
      return rejected('not_understood', 'no message type of Sparkplug B at this level of the topic');
    }
    const payload = readPayload(bytes);
    return 'kind' in payload ? payload : reader({ who: { group, node, device }, payload, context });
  },
};

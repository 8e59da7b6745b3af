import { type Decoded, rejected, unknown } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer, isRecord, type Speaker, toNumber } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';
import { clientsName, clientsRuleOf } from '../wifi/clients-rule.ts';
import { numberOf } from '../wifi/value.ts';
import { toSeconds } from './duration.ts';

const source = 'MikroTik RouterOS documentation: MQTT, /system resource, /system health';

const text = { text: true } as const;

/** What scripts call the figures of a router, in lower case with hyphens. */
const figures: Readonly<Record<string, Rule>> = {
  'cpu-load': rule('cpu-load', '%', 'access_point', 'cpu_pct', {}, text),
  cpu: rule('cpu', '%', 'access_point', 'cpu_pct', {}, text),
  'memory-usage': rule('memory-usage', '%', 'access_point', 'memory_pct', {}, text),
  temperature: rule('temperature', '°C', 'device_health', 'temperature_c', {}, text),
  'cpu-temperature': rule('cpu-temperature', '°C', 'device_health', 'temperature_c', {}, text),
  'board-temperature': rule('board-temperature', '°C', 'device_health', 'temperature_c', {}, text),
  voltage: rule('voltage', 'V', 'device_health', 'supply_v', {}, text),
};
const clients = new RegExp(`^${clientsName}$`);

/** Seconds, or a time as RouterOS writes it. */
const readUptime = (speaker: Speaker, payload: string): Decoded => {
  const seconds = toNumber(payload) ?? toSeconds(payload);
  if (seconds === undefined) return rejected('wrong_type', 'uptime: neither seconds nor a time of RouterOS');
  return new Gatherer().add(speaker, 'access_point', 'uptime_s', seconds).decoded();
};

const readFigure = (speaker: Speaker, figure: string, payload: string): Decoded => {
  if (figure === 'uptime') return readUptime(speaker, payload);
  if (clients.test(figure)) return new Gatherer().take(speaker, clientsRuleOf(figure), payload).decoded();
  const found = Object.hasOwn(figures, figure) ? figures[figure] : undefined;
  return found === undefined ? unknown : new Gatherer().take(speaker, found, payload).decoded();
};

/** One figure a topic, as a script of the owner writes it. */
export const mikrotikScalar: Definition = {
  name: 'mikrotik/scalar',
  title: 'MikroTik router: one figure a topic',
  source,
  topics: [
    '{prefix...}/MikroTik-{serial}/{figure}',
    'MikroTik-{serial}/{figure}',
    'mikrotik/{device}/{figure}',
    'MikroTik/{device}/{figure}',
  ],
  format: 'text',
  recognises: (payload) => !payload.startsWith('{'),
  read: ({ captures, payload }) => {
    const { serial, device = `MikroTik-${serial}`, figure = '' } = captures;
    return readFigure({ device }, figure.toLowerCase().replaceAll('_', '-'), payload);
  },
};

const resourceRules = [rule('cpu', '%', 'access_point', 'cpu_pct', {}, text)];

/** Memory in use and free, in bytes, as a share. */
const memoryPct = ({ umem, fmem }: Readonly<Record<string, unknown>>): number | undefined => {
  const used = numberOf(umem) ?? -1;
  const free = numberOf(fmem) ?? -1;
  const isKnown = used >= 0 && free >= 0 && used + free > 0;
  return isKnown ? Number(((used / (used + free)) * 100).toPrecision(12)) : undefined;
};

/** The object of the script in RouterOS's own documentation, on a topic of the owner's choice. */
export const mikrotikResource: Definition = {
  name: 'mikrotik/resource',
  title: 'MikroTik router: system resources',
  source,
  topics: ['{topic...}'],
  format: 'json',
  recognises: (payload) =>
    isRecord(payload) &&
    typeof payload.ros === 'string' &&
    typeof payload.sn === 'string' &&
    'cpu' in payload,
  read: ({ payload }) => {
    if (!isRecord(payload) || typeof payload.sn !== 'string' || !/^[\w-]{1,64}$/.test(payload.sn))
      return rejected('missing_field', 'sn: no serial number');
    const speaker = { device: `MikroTik-${payload.sn}` };
    const gatherer = new Gatherer().apply(speaker, payload, resourceRules);
    const memory = memoryPct(payload);
    if (memory !== undefined) gatherer.add(speaker, 'access_point', 'memory_pct', memory);
    const uptime = typeof payload.uptime === 'string' ? toSeconds(payload.uptime) : undefined;
    if (uptime !== undefined) gatherer.add(speaker, 'access_point', 'uptime_s', uptime);
    return gatherer.decoded();
  },
};

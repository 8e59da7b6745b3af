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

/** What RouterOS prints has the name of the processor under `cpu`. */
const scriptRules = [rule('cpu', '%', 'access_point', 'cpu_pct', {}, text)];
const printedRules = [rule('cpu-load', '%', 'access_point', 'cpu_pct', {}, text)];

type Resource = Readonly<Record<string, unknown>>;

/** Memory in use as a share: of what is used and free in the vendor's script, of what there is in RouterOS's own object. */
const memoryPct = (resource: Resource): number | undefined => {
  const free = numberOf(resource.fmem ?? resource['free-memory']) ?? -1;
  const total = numberOf(resource['total-memory']) ?? (numberOf(resource.umem) ?? -1) + free;
  const isKnown = free >= 0 && total >= free && total > 0;
  return isKnown ? Number((((total - free) / total) * 100).toPrecision(12)) : undefined;
};

const isScript = ({ ros, sn, ...rest }: Resource): boolean =>
  typeof ros === 'string' && typeof sn === 'string' && 'cpu' in rest;
/** `/system/resource` as RouterOS prints it; it does not name the router, so the topic has to. */
const isPrinted = (resource: Resource): boolean =>
  ['architecture-name', 'board-name', 'cpu-load', 'uptime'].every((key) => key in resource);

const speakerOf = (resource: Resource, topic: string): Speaker | undefined => {
  if (isPrinted(resource)) return { device: topic.replace(/(?:\/system)?\/resources?$/, '') };
  const { sn } = resource;
  return typeof sn === 'string' && /^[\w-]{1,64}$/.test(sn) ? { device: `MikroTik-${sn}` } : undefined;
};

/** The object of the script in RouterOS's own documentation, or RouterOS's own, on a topic of the owner's choice. */
export const mikrotikResource: Definition = {
  name: 'mikrotik/resource',
  title: 'MikroTik router: system resources',
  source,
  topics: ['{topic...}'],
  format: 'json',
  recognises: (payload) => isRecord(payload) && (isScript(payload) || isPrinted(payload)),
  read: ({ topic, payload }) => {
    const speaker = isRecord(payload) ? speakerOf(payload, topic) : undefined;
    if (!isRecord(payload) || speaker === undefined) return rejected('missing_field', 'sn: no serial number');
    const gatherer = new Gatherer().apply(speaker, payload, isPrinted(payload) ? printedRules : scriptRules);
    const memory = memoryPct(payload);
    if (memory !== undefined) gatherer.add(speaker, 'access_point', 'memory_pct', memory);
    const uptime = typeof payload.uptime === 'string' ? toSeconds(payload.uptime) : undefined;
    if (uptime !== undefined) gatherer.add(speaker, 'access_point', 'uptime_s', uptime);
    return gatherer.decoded();
  },
};

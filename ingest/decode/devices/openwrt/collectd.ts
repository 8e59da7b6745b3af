import { accessPoint } from '../../../../model/access-point.ts';
import { type Decoded, rejected } from '../../decoded.ts';
import type { Context, Definition, Incoming } from '../../definition.ts';
import { Gatherer, type Speaker } from '../../measure.ts';
import { noClients } from '../wifi/tally.ts';
import { readValues } from './collectd-values.ts';
import { rememberPart } from './parts.ts';
import { bandOfInterface, gatherStations, type WirelessInterface } from './radio.ts';

/** One figure of a plugin: `iwinfo-wlan0/stations` is the type `stations` of the instance `wlan0`. */
interface Figure {
  readonly speaker: Speaker;
  readonly host: string;
  readonly instance: string;
  readonly type: string;
  readonly value: number;
  readonly context: Context;
}

type Gather = (gatherer: Gatherer, figure: Figure) => void;

/** Levels of a radio. A radio without clients, or one that is off, has a signal of 0. */
const levels: Readonly<Record<string, string>> = { signal_power: 'signal_dbm', signal_noise: 'noise_dbm' };

const askAgainMs = 24 * 3600 * 1000;

/** Levels come every few seconds: one a day of an interface goes to quarantine and says what is missing. */
const askForBand = (gatherer: Gatherer, { host, name }: WirelessInterface, context: Context): void => {
  const key = `openwrt/asked/${host}/${name}`;
  const asked = context.memory.get(key);
  if (typeof asked === 'number' && Math.abs(context.receivedAt - asked) < askAgainMs) return;
  context.memory.set(key, context.receivedAt);
  const detail = 'the band of this wireless interface is not known; publish its ubus get_status once';
  gatherer.doubt(rejected('missing_field', detail));
};

const gatherWireless: Gather = (gatherer, { speaker, host, instance, type, value, context }) => {
  const where = { host, name: instance };
  const band = bandOfInterface(where, context.memory);
  if (type === 'stations') {
    // What cannot be a count must not get into the sum of all interfaces.
    const isCount = Number.isInteger(value) && value >= 0 && value <= accessPoint.fields.clients.max;
    const clients = { ...noClients, clients: value };
    if (isCount) gatherStations(gatherer, speaker, { ...where, band, clients }, context);
    else gatherer.add(speaker, 'access_point', 'clients', value);
    return;
  }
  const field = Object.hasOwn(levels, type) ? levels[type] : undefined;
  if (field === undefined || value === 0) return;
  if (band === undefined) askForBand(gatherer, where, context);
  else gatherer.add(speaker, 'radio', field, value, { band });
};

/** `cpu/percent-active`, or its cores one by one, of which the mean is the load. */
const gatherProcessor: Gather = (gatherer, { speaker, host, instance, type, value, context }) => {
  if (type !== 'percent-active' && type !== 'percent-idle') return;
  const load = type === 'percent-active' ? value : 100 - value;
  if (instance === '') {
    gatherer.add(speaker, 'access_point', 'cpu_pct', load);
    return;
  }
  const loads = rememberPart(`openwrt/cpu/${host}`, instance, load, context).map(Number);
  const mean = loads.reduce((sum, each) => sum + each, 0) / loads.length;
  gatherer.add(speaker, 'access_point', 'cpu_pct', Number(mean.toPrecision(12)));
};

const targetPattern = /^(ping|ping_droprate|ping_stddev)-([A-Za-z0-9.:_-]{1,64})$/;

const gatherPing: Gather = (gatherer, { speaker, type, value }) => {
  const [, quantity, target = ''] = targetPattern.exec(type) ?? [];
  if (quantity === 'ping') gatherer.add(speaker, 'probe', 'latency_ms', value, { target });
  if (quantity === 'ping_stddev') gatherer.add(speaker, 'probe', 'jitter_ms', value, { target });
  if (quantity === 'ping_droprate')
    gatherer.add(speaker, 'probe', 'loss_pct', Number((value * 100).toPrecision(12)), { target });
};

/**
 * By plugin. `interface` is not among them: unless it was told otherwise, collectd makes rates of its octets, where
 * the model has counters.
 */
const plugins: Readonly<Record<string, Gather>> = {
  iwinfo: gatherWireless,
  cpu: gatherProcessor,
  ping: gatherPing,
  uptime: (gatherer, { speaker, type, value }) => {
    if (type === 'uptime') gatherer.add(speaker, 'access_point', 'uptime_s', value);
  },
  memory: (gatherer, { speaker, type, value }) => {
    if (type === 'percent-used') gatherer.add(speaker, 'access_point', 'memory_pct', value);
  },
  thermal: (gatherer, { speaker, type, value }) => {
    if (type === 'temperature') gatherer.add(speaker, 'device_health', 'temperature_c', value);
  },
};

const read = ({ topic, payload, context }: Incoming<string>): Decoded => {
  const written = readValues(payload);
  if (written === undefined)
    return rejected('not_understood', 'not "epoch:value", as collectd writes over MQTT');
  const prefix = topic.split('/');
  const [host = '', plugin = '', type = ''] = prefix.splice(-3);
  const [, name = '', instance = ''] = /^([^-]*)-?(.*)$/s.exec(plugin) ?? [];
  const gather = Object.hasOwn(plugins, name) ? plugins[name] : undefined;
  const [value] = written.values;
  const gatherer = new Gatherer();
  if (gather !== undefined && value !== undefined) {
    const device = [...prefix.filter((level) => level !== 'collectd'), host].join('/');
    const speaker = { device, time: written.time };
    gather(gatherer, { speaker, host, instance, type, value, context });
  }
  return gatherer.decoded();
};

/** Figures that collectd publishes from an OpenWrt access point. */
export const collectd: Definition = {
  name: 'openwrt/collectd',
  title: 'OpenWrt access point, by collectd',
  source: 'collectd: plugin mqtt and plain text protocol; OpenWrt: collectd-mod-iwinfo, luci-app-statistics',
  topics: ['collectd/{host}/{plugin}/{type}', '{prefix...}/{host}/iwinfo-{interface}/{type}'],
  format: 'text',
  read,
};

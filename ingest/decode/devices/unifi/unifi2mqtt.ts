import { type Decoded, nothing, refused } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { Gatherer, isRecord } from '../../measure.ts';
import type { Json } from '../../memory.ts';
import { rule } from '../../rule.ts';
import { type Report, readReport } from './smarthome.ts';

const source = 'unifi2mqtt 1.x and 2.x: README; mqtt-smarthome architecture';

/** One report of an instance of the bridge, which bears the first level of its topics: `unifi`. */
interface Told {
  readonly report: Report;
  readonly instance: string;
  /** The name in the topic: of a network or of a device. */
  readonly name: string;
  readonly context: Incoming<string>['context'];
}

const textOptions = { text: true } as const;
const clientsRule = rule('clients', 'clients', 'access_point', 'clients', {}, textOptions);
const onlineRule = rule(
  'online',
  'bool',
  'device_health',
  'online',
  {},
  { words: { true: 1, false: 0, '1': 1, '0': 0 } },
);
/** 0 the bridge is gone (last will), 1 it does not reach the controller, 2 the controller answers. */
const connectedRule = rule(
  'connected',
  'bool',
  'device_health',
  'online',
  {},
  { words: { '0': 0, '1': 0, '2': 1 } },
);

const define = (name: string, topics: readonly string[], read: (told: Told) => Decoded): Definition => ({
  name: `unifi/${name}`,
  title: 'UniFi network by way of unifi2mqtt',
  source,
  topics,
  format: 'text',
  read: ({ topic, captures: { name = '' }, payload, context }) => {
    const report = readReport(payload);
    if ('kind' in report) return report;
    const [instance = ''] = topic.split('/', 1);
    return read({ report, instance, name, context });
  },
});

const networksMax = 32;

/** Clients of one network: the sum over all of them is told, and no network's name. */
const readNetwork = ({ report, instance, name, context: { memory } }: Told): Decoded => {
  const { value, time } = report;
  const own = new Gatherer().take({ device: instance, time }, clientsRule, value).decoded();
  const [reading] = own.kind === 'readings' ? own.readings : [];
  const clients = reading?.fields.clients;
  if (clients === undefined) return own;
  const key = `unifi/networks/${instance}`;
  const known = memory.get(key);
  const networks = new Map<string, Json>(isRecord(known) ? Object.entries(known).flatMap(toCount) : []);
  if (networks.get(name) !== clients && (networks.has(name) || networks.size < networksMax)) {
    networks.set(name, clients);
    memory.set(key, Object.fromEntries(networks));
  }
  const sum = [...networks.values()].map(Number).reduce((total, each) => total + each, 0);
  return new Gatherer().add({ device: instance, time }, 'access_point', 'clients', sum).decoded();
};

const toCount = ([name, count]: [string, unknown]): [string, number][] =>
  typeof count === 'number' ? [[name, count]] : [];

const typeKey = (instance: string, name: string): string => `unifi/type/${instance}/${name}`;

/** A device's `details` tell what it is: the clients of a switch are no clients of Wi-Fi. */
const readDetails = ({ report: { value }, instance, name, context: { memory } }: Told): Decoded => {
  const type = isRecord(value) ? value.type : undefined;
  if (typeof type !== 'string' || type.length > 16) return nothing;
  if (memory.get(typeKey(instance, name)) !== type) memory.set(typeKey(instance, name), type);
  return nothing;
};

const readClients = ({ report, instance, name, context: { memory } }: Told): Decoded => {
  const type = memory.get(typeKey(instance, name));
  if (type !== undefined && type !== 'uap') return nothing;
  const { value, time } = report;
  return new Gatherer().take({ device: `${instance}/${name}`, time }, clientsRule, value).decoded();
};

const persons: Definition = {
  name: 'unifi/presence',
  title: 'UniFi network by way of unifi2mqtt: presence of single clients',
  source,
  topics: [
    '{instance}/status/client/{name}/{path...}',
    '{instance}/status/event/client',
    '{instance}/status/wifi/{name}/client/{path...}',
    '{instance}/status/wifi/{name}/event/{path...}',
  ],
  format: 'bytes',
  read: () =>
    refused('personal_data', 'presence of one client; Aperto counts clients and knows none of them'),
};

/** Topics of the bridge, by what they carry. Topics that name a client are refused before anybody looks at them. */
export const unifi2mqtt: readonly Definition[] = [
  persons,
  define(
    'clients',
    ['{instance}/status/clientCount', '{instance}/status/client_count/wireless'],
    ({ report: { value, time }, instance }) =>
      new Gatherer().take({ device: instance, time }, clientsRule, value).decoded(),
  ),
  define(
    'network',
    ['{instance}/status/wifi/{name}/clientCount', '{instance}/status/wifi/{name}/client_count'],
    readNetwork,
  ),
  define('details', ['{instance}/status/device/{name}/details'], readDetails),
  define('device-clients', ['{instance}/status/device/{name}/clients'], readClients),
  define('online', ['{instance}/status/device/{name}/online'], ({ report, instance, name }) =>
    new Gatherer()
      .take({ device: `${instance}/${name}`, time: report.time }, onlineRule, report.value)
      .decoded(),
  ),
  define('connected', ['unifi/connected', 'unifi{suffix}/connected'], ({ report, instance }) =>
    new Gatherer()
      .take({ device: instance, time: report.time }, connectedRule, String(report.value))
      .decoded(),
  ),
  define(
    'others',
    [
      '{instance}/status/client_count',
      '{instance}/status/client_count/wired',
      '{instance}/status/wifi/{name}/enabled',
      '{instance}/status/device/{name}/led',
      'unifi/info',
    ],
    () => nothing,
  ),
];

import { isRecord } from '../../measure.ts';
import { isNotNow, quantityOf } from '../../quantity.ts';
import { type Rule, rule } from '../../rule.ts';
import { phasesOf } from '../../spoken-name.ts';
import { hasAddress } from '../address.ts';
import { parseTemplate, type ValuePath } from './template.ts';

/** What a discovery message says of one entity whose figure is one of ours. */
export interface Discovered {
  /** The discovery topic, and the component's key where one message has several. */
  readonly id: string;
  readonly device: string;
  /** The entity's own name below its device. */
  readonly object: string;
  readonly stateTopic: string;
  readonly value: ValuePath;
  readonly rule: Rule;
}

type Config = Readonly<Record<string, unknown>>;

/** A setting under its full or its short name. */
const setting = (config: Config, name: string, short: string): unknown => {
  if (Object.hasOwn(config, name)) return config[name];
  return Object.hasOwn(config, short) ? config[short] : undefined;
};

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 256 ? value : undefined;

/** A figure's name by its device class. Figures of other classes are not ours. */
const classNames: Readonly<Record<string, string>> = {
  apparent_power: 'apparent power',
  atmospheric_pressure: 'air pressure',
  battery: 'battery',
  carbon_dioxide: 'co2',
  current: 'current',
  duration: 'uptime',
  energy: 'energy',
  frequency: 'frequency',
  humidity: 'humidity',
  illuminance: 'illuminance',
  pm25: 'pm2.5',
  power: 'power',
  power_factor: 'power factor',
  precipitation_intensity: 'rain rate',
  pressure: 'air pressure',
  reactive_power: 'reactive power',
  signal_strength: 'signal strength',
  sound_pressure: 'noise',
  temperature: 'temperature',
  voltage: 'voltage',
  wind_speed: 'wind speed',
};
const presenceClasses = new Set(['occupancy', 'motion', 'presence']);

/** What the entity's own names say more than its class: the sum given back, the battery's volts, the case's warmth. */
const nameOfClass = (deviceClass: string, names: string, diagnostic: boolean): string | undefined => {
  if (!Object.hasOwn(classNames, deviceClass) || isNotNow(names)) return undefined;
  if (deviceClass === 'energy' && /export|return|produc|inject|to.?grid/i.test(names)) return 'energy export';
  if (deviceClass === 'voltage' && /batt/i.test(names)) return 'battery voltage';
  if (deviceClass === 'temperature' && (diagnostic || /cpu|chip|device|board|esp/i.test(names)))
    return 'device temperature';
  if (deviceClass === 'duration' && !/uptime/i.test(names)) return undefined;
  return classNames[deviceClass];
};

/** The phase stands in the names, the quantity in the class; without a class, the name tells all. */
const sensorRule = (config: Config, names: string): Rule | undefined => {
  const unit = textOf(setting(config, 'unit_of_measurement', 'unit_of_meas'));
  const deviceClass = textOf(setting(config, 'device_class', 'dev_cla'));
  const plain = names.replaceAll('/', ' ');
  if (deviceClass === undefined) return ruleNamed(plain, unit);
  const diagnostic = setting(config, 'entity_category', 'ent_cat') === 'diagnostic';
  const name = nameOfClass(deviceClass, names, diagnostic);
  const phases = phasesOf(plain);
  if (name === undefined || phases.length > 1) return undefined;
  return ruleNamed(phases[0] === undefined ? name : `phase ${phases[0]}/${name}`, unit);
};

const ruleNamed = (name: string, unit: string | undefined): Rule | undefined => {
  const quantity = quantityOf({ name, unit });
  return quantity !== undefined && 'rule' in quantity ? quantity.rule : undefined;
};

const binaryRule = (config: Config, names: string): Rule | undefined => {
  const deviceClass = textOf(setting(config, 'device_class', 'dev_cla'));
  const known =
    deviceClass === undefined ? /occupancy|presence|motion/i.test(names) : presenceClasses.has(deviceClass);
  if (!known) return undefined;
  const on = String(setting(config, 'payload_on', 'pl_on') ?? 'ON').toLowerCase();
  const off = String(setting(config, 'payload_off', 'pl_off') ?? 'OFF').toLowerCase();
  return rule('value', 'bool', 'occupancy', 'occupied', {}, { words: { [on]: 1, [off]: 0 } });
};

/** `~/state` and `state/~`: the base topic stands for the tilde. */
const expand = (topic: string, base: string | undefined): string => {
  if (base === undefined) return topic;
  if (topic.startsWith('~')) return base + topic.slice(1);
  return topic.endsWith('~') ? topic.slice(0, -1) + base : topic;
};

/** The first identifier of the device, or its name; else what the discovery topic calls it. */
const deviceOf = (config: Config, fallback: string): string => {
  const device = setting(config, 'device', 'dev');
  if (!isRecord(device)) return fallback;
  const identifiers = setting(device, 'identifiers', 'ids');
  const first: unknown = Array.isArray(identifiers) ? identifiers[0] : identifiers;
  return ownName(first) ?? ownName(device.name) ?? fallback;
};

const ownName = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text === undefined || hasAddress(text) ? undefined : text;
};

interface About {
  readonly component: string;
  readonly id: string;
  /** `[node/]object` of the discovery topic. */
  readonly path: string;
}

/** One entity; `undefined` where it has no figure of ours, or a template that is more than a path. */
export const readEntity = (config: Config, { component, id, path }: About): Discovered | undefined => {
  const stateTopic = textOf(setting(config, 'state_topic', 'stat_t'));
  const template = setting(config, 'value_template', 'val_tpl');
  const value = template === undefined ? whole : parseTemplate(textOf(template) ?? '');
  if (stateTopic === undefined || value === undefined) return undefined;
  const object = path.slice(path.lastIndexOf('/') + 1);
  const key = value.path?.at(-1) ?? object;
  const names = [key, textOf(config.name)].filter((name) => name !== undefined);
  const found = component === 'sensor' ? sensorOf(config, names) : binaryRule(config, names.join(' '));
  if (found === undefined) return undefined;
  const base = textOf(setting(config, '~', '~'));
  const device = deviceOf(config, path.split('/')[0] ?? path);
  const own = hasAddress(object) ? found.field : object;
  return { id, device, object: own, stateTopic: expand(stateTopic, base), value, rule: found };
};

/** Without a class, each of the names may tell. */
const sensorOf = (config: Config, names: readonly string[]): Rule | undefined => {
  if (setting(config, 'device_class', 'dev_cla') !== undefined) return sensorRule(config, names.join(' '));
  return names.map((name) => sensorRule(config, name)).find((found) => found !== undefined);
};

const whole: ValuePath = { path: undefined, factor: 1 };

const components = new Set(['sensor', 'binary_sensor']);
const entitiesMax = 64;

/** All entities of a discovery message: one, or those of a whole device. */
export const readConfig = (config: Config, { component, id, path }: About): Discovered[] => {
  if (components.has(component)) {
    const entity = readEntity(config, { component, id, path });
    return entity === undefined ? [] : [entity];
  }
  const parts = component === 'device' ? setting(config, 'components', 'cmps') : undefined;
  if (!isRecord(parts)) return [];
  return Object.entries(parts)
    .slice(0, entitiesMax)
    .flatMap(([key, part]) => {
      if (!isRecord(part)) return [];
      const platform = setting(part, 'platform', 'p');
      if (typeof platform !== 'string' || !components.has(platform)) return [];
      const about = { component: platform, id: `${id}#${key.slice(0, 64)}`, path: `${path}/${key}` };
      return readEntity({ ...config, ...part }, about) ?? [];
    });
};

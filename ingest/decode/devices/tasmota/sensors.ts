import { type Gatherer, type Speaker, valueAt } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { type Rule, rule } from '../../rule.ts';
import { gatherAnalog } from './analog.ts';
import { Owners } from './owners.ts';
import { chipRules, sensorRules } from './rules.ts';
import { gatherSwitch, special } from './special.ts';

const batteryRules = [rule('Battery', '%', 'device_health', 'battery_pct')];

/** `DS18B20-2`, `AM2301-14`, `BME280-77`, `LYWSD03-52680f`: one of several, by number, pin, bus or own address. */
const numbered = /^[A-Za-z][A-Za-z0-9_]{0,23}-[0-9A-Fa-f]{1,8}$/;
const named = /^[A-Za-z][A-Za-z0-9_]{0,23}$/;
/** Not sensors of the place: read elsewhere, or about people's own things. */
const others = new Set(['ENERGY', 'ZbReceived', 'Wifi', 'IBEACON', 'BLEDevices']);

/** All sensors of a payload, each in an object under its own name. */
export const gatherSensors = (
  gatherer: Gatherer,
  speaker: Speaker,
  payload: unknown,
  memory: Memory,
): void => {
  if (typeof payload !== 'object' || payload === null) return;
  const rules = sensorRules(payload);
  const owners = new Owners(speaker.device, memory);
  for (const [name, sensor] of Object.entries(payload)) {
    gatherSwitch(gatherer, speaker, name, sensor);
    if (typeof sensor !== 'object' || sensor === null || Array.isArray(sensor) || others.has(name)) continue;
    if (name === 'ESP32') {
      gatherer.apply(speaker, sensor, chipRules(payload));
    } else if (name === 'ANALOG') {
      gatherAnalog(gatherer, speaker, sensor, rules);
    } else if (Object.hasOwn(special, name)) {
      special[name]?.(gatherer, speaker, sensor);
    } else if (numbered.test(name)) {
      const own = { ...speaker, device: `${speaker.device}/${name}` };
      gatherer.apply(own, sensor, rules).apply(own, sensor, batteryRules);
    } else if (named.test(name)) {
      gatherOne(gatherer, speaker, { name, sensor, rules }, owners);
    }
  }
  owners.remember();
};

interface Sensor {
  readonly name: string;
  readonly sensor: unknown;
  readonly rules: readonly Rule[];
}

/** Figures that another sensor of the device gives too are those of the sensor and not of the device. */
const gatherOne = (
  gatherer: Gatherer,
  speaker: Speaker,
  { name, sensor, rules }: Sensor,
  owners: Owners,
): void => {
  for (const wanted of rules) {
    const value = valueAt(sensor, wanted.path);
    if (value === undefined || value === null) continue;
    const device = owners.owns(name, wanted.field) ? speaker.device : `${speaker.device}/${name}`;
    gatherer.take({ ...speaker, device }, wanted, value);
  }
};

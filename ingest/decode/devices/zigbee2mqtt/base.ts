import type { Memory } from '../../memory.ts';

/** The base topic of an installation that nobody renamed. */
export const usualBase = 'zigbee2mqtt';

const key = (base: string): string => `zigbee2mqtt/base/${base}`;

/** A bridge published its description under this base topic: everything below it is Zigbee2MQTT's. */
export const rememberBase = (base: string, memory: Memory): void => {
  if (base !== usualBase && memory.get(key(base)) !== true) memory.set(key(base), true);
};

/** What of a topic is below a base topic that is known; `undefined` where none is. */
export const belowBase = (topic: string, memory: Memory): string | undefined => {
  for (let end = topic.indexOf('/'); end > 0; end = topic.indexOf('/', end + 1)) {
    if (memory.get(key(topic.slice(0, end))) === true) return topic.slice(end + 1);
  }
  return undefined;
};

/** The device of a topic: its friendly name, with the base topic where that is not the usual one. */
export const deviceOf = (topic: string): string =>
  topic.startsWith(`${usualBase}/`) ? topic.slice(usualBase.length + 1) : topic;

/** `<name>/set`, `<name>/get/state`: what others ask of a device. */
export const isCommand = (topic: string): boolean => /\/(?:set|get)(?:\/.+)?$/.test(topic);

/** The base topic of an installation that nobody renamed. */
export const usualBase = 'zigbee2mqtt';

/** The device of a topic: its friendly name, with the base topic where that is not the usual one. */
export const deviceOf = (topic: string): string =>
  topic.startsWith(`${usualBase}/`) ? topic.slice(usualBase.length + 1) : topic;

/** `<name>/set`, `<name>/get/state`: what others ask of a device. */
export const isCommand = (topic: string): boolean => /\/(?:set|get)(?:\/.+)?$/.test(topic);

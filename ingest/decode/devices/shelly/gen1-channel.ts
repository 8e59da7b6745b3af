import type { Memory } from '../../memory.ts';

const emeterPhases = ['a', 'b', 'c'] as const;
type ChannelPhase = (typeof emeterPhases)[number] | 'total';

/** The series of one channel: a further channel is a device of its own, but the three of a 3EM are its phases. */
export interface Channel {
  readonly device: string;
  readonly phase: ChannelPhase;
}

/** Channel 0 is the device itself. */
export const channelOf = (device: string, index: number): Channel => ({
  device: index === 0 ? device : `${device}/${index}`,
  phase: 'total',
});

export const emeterOf = (device: string, index: number, memory: Memory): Channel => {
  const phase = isThreePhase(device, memory) ? emeterPhases[index] : undefined;
  return phase === undefined ? channelOf(device, index) : { device, phase };
};

const threePhaseKey = (device: string): string => `shelly/three-phase/${device}`;

/** The name that the vendor gave says it; under a name of the owner's choice, an announcement did. */
const isThreePhase = (device: string, memory: Memory): boolean =>
  /^shellyem3-/i.test(device) || memory.get(threePhaseKey(device)) === true;

export const rememberThreePhase = (device: string, memory: Memory): void => {
  if (!isThreePhase(device, memory)) memory.set(threePhaseKey(device), true);
};

const fahrenheitKey = (device: string): string => `shelly/fahrenheit/${device}`;

/** `sensor/temperature` comes in the unit that the owner chose; only `info` tells which. */
export const isFahrenheit = (device: string, memory: Memory): boolean =>
  memory.get(fahrenheitKey(device)) === true;

export const rememberFahrenheit = (device: string, fahrenheit: boolean, memory: Memory): void => {
  if (fahrenheit === isFahrenheit(device, memory)) return;
  if (fahrenheit) memory.set(fahrenheitKey(device), true);
  else memory.delete(fahrenheitKey(device));
};

import { type Kind, placedKinds } from '../model/topic.ts';
import { Seed } from './random.ts';
import { type Sample, type SimulatedDevice, sampleOf, statusOf } from './sample.ts';
import { SeatChanges } from './seat-changes.ts';
import type { Street } from './street.ts';

/** How often each kind of device reports, in whole seconds. Seats also report each change at once. */
export type Cadence = Readonly<Record<Kind, number>>;
export const defaultCadenceS: Cadence = {
  seat: 60,
  counter: 60,
  'access-point': 30,
  probe: 30,
  meter: 10,
  weather: 60,
  status: 900,
};

interface Turn {
  readonly periodS: number;
  /** Devices by the second of the period in which they report. */
  readonly due: readonly (readonly SimulatedDevice[])[];
  readonly take: (device: SimulatedDevice, time: number) => Sample | undefined;
}

/**
 * All samples in [from, to), in order of time. Each device reports at its own second of its period, counted from
 * 1970, so the samples of a span do not depend on where it begins: two spans in a row give what one gives.
 */
export function* schedule(
  street: Street,
  devices: readonly SimulatedDevice[],
  from: number,
  to: number,
  cadenceS: Cadence = defaultCadenceS,
): Generator<Sample> {
  const turns = turnsOf(street, devices, cadenceS);
  const changes = new SeatChanges(street, devices);
  for (let start = Math.floor(from / 1000) * 1000; start < to; start += 1000) {
    for (const turn of start < from ? [] : turns) yield* reportsAt(turn, start);
    for (const change of changes.within(start)) {
      if (change.time >= from && change.time < to) yield change;
    }
  }
}

function* reportsAt({ periodS, due, take }: Turn, time: number): Generator<Sample> {
  const second = (((time / 1000) % periodS) + periodS) % periodS;
  for (const device of due[second] ?? []) {
    const sample = take(device, time);
    if (sample !== undefined) yield sample;
  }
}

const turnsOf = (street: Street, devices: readonly SimulatedDevice[], cadenceS: Cadence): Turn[] => {
  const turn = (kind: Kind, members: readonly SimulatedDevice[], take: Turn['take']): Turn => {
    const periodS = cadenceS[kind];
    const due: SimulatedDevice[][] = Array.from({ length: periodS }, () => []);
    for (const device of members) due[phase.random(device.id, kind).index(periodS)]?.push(device);
    return { periodS, due, take };
  };
  const reports = placedKinds.map((kind) =>
    turn(
      kind,
      devices.filter((device) => device.kind === kind),
      (device, time) => sampleOf(street, device, time),
    ),
  );
  const seats = devices.filter(({ kind }) => kind === 'seat');
  return [...reports, turn('status', seats, (device, time) => statusOf(street, device, time))];
};

/** When in its period a device reports is the same whatever the seed. */
const phase = Seed.of(0).derive('phase');

import type { Site } from '../../model/site.ts';
import { fleetDevices } from '../../simulators/fleet-devices.ts';
import { schedule } from '../../simulators/schedule.ts';
import { Street } from '../../simulators/street.ts';
import { figuresOf, sumOfPhases, sumToleranceOf, toleranceOf } from './state-figures.ts';
import type { Stored } from './stored.ts';

interface Measured {
  readonly time: number;
  readonly value: number;
  /** Of a total of power: what the phases have, each counted by itself. */
  readonly sum: number;
}

/** Figures of which the street knows nothing: formats make up their radio link, Aperto notes when it heard whom. */
const madeUp = /^device_health (?:link_quality|snr_db|signal_dbm|last_seen_age_s|clock_skew_s)$/;
/** The sum over parts that tell of themselves one after the other is right when all have. */
const summed = ' access_point clients';
const timeToleranceMs = 1_000;

/** Holds what a store has of a back-filled span against what the street measured. */
export class Comparison {
  readonly problems: string[] = [];
  compared = 0;
  private readonly measured = new Map<string, Measured[]>();
  private readonly heard = new Set<string>();
  private readonly devices: readonly string[];
  private readonly to: number;

  constructor(site: Site, from: number, to: number) {
    this.to = to;
    const devices = fleetDevices(site);
    this.devices = devices.map(({ id }) => id);
    for (const { time, device, state } of schedule(new Street(site, 1), devices, from, to)) {
      const figures = figuresOf(state);
      for (const [figure, value] of figures) {
        const sum = sumOfPhases(figures, figure) ?? Number.NaN;
        this.note(`${device.id} ${figure}`, { time, value, sum });
      }
    }
  }

  /** Devices of which nothing that was measured is stored. */
  get silent(): readonly string[] {
    return this.devices.filter((id) => !this.heard.has(id));
  }

  /** Values in order of time within each series. */
  check(stored: readonly Stored[]): void {
    const series = groupByName(stored);
    for (const [name, values] of series) {
      const [{ device, figure } = { device: '', figure: '' }] = values;
      if (madeUp.test(figure)) continue;
      this.heard.add(device);
      const timed = values.filter(({ time }) => time < this.to + timeToleranceMs);
      this.checkTimed(name, timed);
      if (figure !== 'device_health online') this.checkOrder(name, values.slice(timed.length));
    }
  }

  /** Values with the device's own time: each is what was measured then. */
  private checkTimed(name: string, values: readonly Stored[]): void {
    const measured = this.measured.get(name) ?? [];
    for (const { figure, time, value } of values) {
      const then = measured.filter((each) => Math.abs(each.time - time) < timeToleranceMs);
      this.expect(
        then.some((each) => isMeasured(figure, value, each)),
        () => `${name}: ${value}, measured ${then.map((each) => each.value)}`,
      );
    }
  }

  /** Values of formats without a time came one after the other: as many as were measured, or a multiple of it. */
  private checkOrder(name: string, values: readonly Stored[]): void {
    const measured = this.measured.get(name) ?? [];
    const times = values.length / measured.length;
    const last = values.at(-1)?.value;
    if (last === undefined) return;
    if (name.endsWith(summed)) {
      this.expect(last === measured.at(-1)?.value, () => `${name}: ${last} at last`);
      return;
    }
    this.expect(Number.isInteger(times), () => `${name}: ${values.length} of ${measured.length} are stored`);
    for (const [index, { figure, value }] of values.entries()) {
      const exact = measured[Math.floor(index / times)];
      this.expect(isMeasured(figure, value, exact), () => `${name}: ${value}, measured ${exact?.value}`);
    }
  }

  private expect(holds: boolean, problem: () => string): void {
    this.compared++;
    if (!holds) this.problems.push(problem());
  }

  private note(name: string, measured: Measured): void {
    const known = this.measured.get(name) ?? [];
    known.push(measured);
    this.measured.set(name, known);
  }
}

const groupByName = (stored: readonly Stored[]): ReadonlyMap<string, readonly Stored[]> => {
  const groups = new Map<string, Stored[]>();
  for (const each of stored) {
    const name = `${each.device} ${each.figure}`;
    const group = groups.get(name) ?? [];
    group.push(each);
    groups.set(name, group);
  }
  return groups;
};

const isMeasured = (figure: string, value: number, exact: Measured | undefined): boolean =>
  exact !== undefined &&
  (Math.abs(value - exact.value) <= toleranceOf(figure) ||
    Math.abs(value - exact.sum) <= sumToleranceOf(figure));

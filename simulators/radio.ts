import type { Association, RadioTraffic } from './associations.ts';
import { type Day, minuteMs } from './calendar.ts';
import { Level, minutesOf } from './level.ts';
import { type FailureCause, perCause } from './state.ts';

/** Counters of a radio, since the day began or since it started. */
export interface RadioCounts {
  readonly kilobytes: number;
  readonly connects: number;
  readonly roams: number;
  readonly roamsSlow: number;
  readonly failures: Readonly<Record<FailureCause, number>>;
}

const weakDbm = -72;

/** One radio on one day, by the minute. */
export class RadioOfDay {
  readonly clients: Level;
  readonly weak: Level;
  readonly signalSum: Level;
  readonly kbitS: Level;
  private readonly day: Day;
  private readonly kilobytes: Float64Array;
  private readonly connects: Level;
  private readonly roams: Level;
  private readonly roamsSlow: Level;
  private readonly failures: Readonly<Record<FailureCause, Level>>;

  constructor(day: Day, traffic: RadioTraffic = silence) {
    const { associations, failures } = traffic;
    const weighted = (weight: (of: Association) => number): Level =>
      Level.of(
        day,
        associations.map((one) => ({ from: one.from, to: one.to, weight: weight(one) })),
      );
    const starts = (those: readonly Association[]): Level =>
      Level.counting(
        day,
        those.map(({ from }) => from),
      );
    this.day = day;
    this.clients = weighted(() => 1);
    this.weak = weighted(({ signalDbm }) => (signalDbm < weakDbm ? 1 : 0));
    this.signalSum = weighted(({ signalDbm }) => signalDbm);
    this.kbitS = weighted(({ kbitS }) => kbitS);
    this.connects = starts(associations.filter(({ roamed }) => roamed === undefined));
    this.roams = starts(associations.filter(({ roamed }) => roamed !== undefined));
    this.roamsSlow = starts(associations.filter(({ roamed }) => roamed === 'slowly'));
    this.failures = perCause((cause) => Level.counting(day, failures[cause]));
    this.kilobytes = new Float64Array(minutesOf(day) + 1);
    for (let minute = 1; minute < this.kilobytes.length; minute++) {
      const rate = Math.max(0, this.kbitS.at(day.start + (minute - 1) * minuteMs));
      this.kilobytes[minute] = (this.kilobytes[minute - 1] ?? 0) + (rate * 60) / 8;
    }
  }

  countsAt(time: number): RadioCounts {
    const minute = Math.floor((time - this.day.start) / minuteMs);
    const seconds = (time - this.day.start - minute * minuteMs) / 1000;
    return {
      kilobytes: (this.kilobytes[minute] ?? 0) + (Math.max(0, this.kbitS.at(time)) * seconds) / 8,
      connects: this.connects.at(time),
      roams: this.roams.at(time),
      roamsSlow: this.roamsSlow.at(time),
      failures: perCause((cause) => this.failures[cause].at(time)),
    };
  }

  get total(): RadioCounts {
    return {
      kilobytes: this.kilobytes[this.kilobytes.length - 1] ?? 0,
      connects: this.connects.total,
      roams: this.roams.total,
      roamsSlow: this.roamsSlow.total,
      failures: perCause((cause) => this.failures[cause].total),
    };
  }
}

/** A radio that nobody joined. */
const silence: RadioTraffic = { associations: [], failures: perCause(() => []) };

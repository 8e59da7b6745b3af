import { type Day, minuteMs } from './calendar.ts';
import { minutesOf } from './level.ts';

/** Energy since the day began, in Wh. */
export interface Energy {
  readonly importWh: number;
  readonly exportWh: number;
}

/**
 * Power over one day: a knot at each whole minute, straight lines between. Because energy is the exact integral
 * of those lines, a counter and the power beside it can never disagree.
 */
export class Profile {
  private readonly start: number;
  private readonly watts: Float64Array;
  private importedWh: Float64Array | undefined;
  private netWh: Float64Array | undefined;
  private wholeDay: Energy | undefined;

  constructor(day: Day, watts: Float64Array) {
    this.start = day.start;
    this.watts = watts;
  }

  static sum(day: Day, parts: readonly { readonly profile: Profile; readonly share: number }[]): Profile {
    const watts = new Float64Array(minutesOf(day) + 1);
    for (const { profile, share } of parts) {
      const part = profile.watts;
      for (let knot = 0; knot < watts.length; knot++)
        watts[knot] = (watts[knot] ?? 0) + share * (part[knot] ?? 0);
    }
    return new Profile(day, watts);
  }

  at(time: number): number {
    const place = (time - this.start) / minuteMs;
    const knot = Math.floor(place);
    const low = this.watts[knot] ?? 0;
    const high = this.watts[knot + 1] ?? low;
    return low + (high - low) * (place - knot);
  }

  energyAt(time: number): Energy {
    const { imported, net } = this.integrals();
    const place = (time - this.start) / minuteMs;
    const knot = Math.min(Math.floor(place), imported.length - 1);
    const share = place - knot;
    const low = this.watts[knot] ?? 0;
    const now = low + ((this.watts[knot + 1] ?? low) - low) * share;
    const importWh = (imported[knot] ?? 0) + positiveArea(low, now, share) / 60;
    const netWh = (net[knot] ?? 0) + (((low + now) / 2) * share) / 60;
    return { importWh, exportWh: Math.max(0, importWh - netWh) };
  }

  /** Energy of the whole day. */
  get total(): Energy {
    this.wholeDay ??= this.addUp();
    return this.wholeDay;
  }

  private addUp(): Energy {
    let importWh = 0;
    let netWh = 0;
    for (let knot = 1, low = this.watts[0] ?? 0; knot < this.watts.length; knot++) {
      const high = this.watts[knot] ?? 0;
      importWh += positiveArea(low, high, 1) / 60;
      netWh += (low + high) / 120;
      low = high;
    }
    return { importWh, exportWh: Math.max(0, importWh - netWh) };
  }

  private integrals(): { readonly imported: Float64Array; readonly net: Float64Array } {
    let { importedWh: imported, netWh: net } = this;
    if (imported === undefined || net === undefined) {
      imported = new Float64Array(this.watts.length);
      net = new Float64Array(this.watts.length);
      for (let knot = 1, importWh = 0, sumWh = 0; knot < this.watts.length; knot++) {
        const low = this.watts[knot - 1] ?? 0;
        const high = this.watts[knot] ?? 0;
        importWh += positiveArea(low, high, 1) / 60;
        sumWh += (low + high) / 120;
        imported[knot] = importWh;
        net[knot] = sumWh;
      }
      this.importedWh = imported;
      this.netWh = net;
    }
    return { imported, net };
  }
}

/** Area above zero under the line from `low` to `high`, `length` long. */
const positiveArea = (low: number, high: number, length: number): number => {
  if (low >= 0 && high >= 0) return ((low + high) / 2) * length;
  if (low <= 0 && high <= 0) return 0;
  const top = Math.max(low, high);
  return ((top / 2) * length * top) / Math.abs(high - low);
};

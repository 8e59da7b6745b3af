import { hourMs, minuteMs } from '../calendar.ts';
import type { FaultKind } from './fault.ts';

/** A wrong clock stays wrong for a while, then the device sets it again. */
interface Wrong {
  readonly until: number;
  readonly offsetMs: number;
}

export const skew: FaultKind = {
  description: "a device's clock is off by hours, or starts in 1970, for ten minutes",
  probability: 0.002,
  create: ({ probability, random, count }) => {
    const clocks = new Map<string, Wrong>();
    return {
      distort: (sample) => {
        const { time } = sample;
        let wrong = clocks.get(sample.device.id);
        if (wrong === undefined || time >= wrong.until) {
          const own = random(sample.device.id);
          if (!own.chance(probability)) return sample;
          const hours = own.between(1, 12) * own.pick(-1, 1);
          const forgot = own.chance(0.3);
          const offsetMs = forgot ? -sample.clock : Math.round(hours * hourMs);
          wrong = { until: time + 10 * minuteMs, offsetMs };
          clocks.set(sample.device.id, wrong);
        }
        count();
        return { ...sample, clock: sample.clock + wrong.offsetMs };
      },
    };
  },
};

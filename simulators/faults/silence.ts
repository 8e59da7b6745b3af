import { minuteMs } from '../calendar.ts';
import type { FaultKind } from './fault.ts';

export const silence: FaultKind = {
  description: 'a device says nothing for five minutes to half an hour',
  probability: 0.001,
  create: ({ probability, random, count }) => {
    const quietUntil = new Map<string, number>();
    return {
      deliver: (delivery) => {
        const own = random(delivery.device);
        if (delivery.time >= (quietUntil.get(delivery.device) ?? Number.NEGATIVE_INFINITY)) {
          if (!own.chance(probability)) return [delivery];
          quietUntil.set(delivery.device, delivery.time + own.between(5, 30) * minuteMs);
        }
        count();
        return [];
      },
    };
  },
};

import type { Delivery } from '../delivery.ts';
import type { FaultKind } from './fault.ts';

export const reorder: FaultKind = {
  description: "a message arrives after its device's next one",
  probability: 0.01,
  create: ({ probability, random, count }) => {
    const held = new Map<string, Delivery>();
    return {
      deliver: (delivery) => {
        const earlier = held.get(delivery.device);
        if (earlier !== undefined) {
          held.delete(delivery.device);
          return [delivery, earlier];
        }
        if (!random(delivery.device).chance(probability)) return [delivery];
        count();
        held.set(delivery.device, delivery);
        return [];
      },
      flush: () => {
        const rest = [...held.values()];
        held.clear();
        return rest;
      },
    };
  },
};

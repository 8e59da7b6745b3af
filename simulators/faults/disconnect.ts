import type { FaultKind } from './fault.ts';

export const disconnect: FaultKind = {
  description: "the device's TCP connection is cut; its will fires and it comes back",
  probability: 0.001,
  create: ({ probability, random, count }) => ({
    deliver: (delivery) => {
      if (!random(delivery.device).chance(probability)) return [delivery];
      count();
      return [{ ...delivery, cut: true }];
    },
  }),
};

import type { FaultKind } from './fault.ts';

export const duplicate: FaultKind = {
  description: 'the same bytes twice',
  probability: 0.01,
  create: ({ probability, random, count }) => ({
    deliver: (delivery) => {
      if (!random(delivery.device).chance(probability)) return [delivery];
      count();
      return [delivery, delivery];
    },
  }),
};

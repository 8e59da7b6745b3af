import { z } from 'zod';

/** An assumption with its range and where it comes from. */
export const estimate = z
  .strictObject({
    low: z.number(),
    expected: z.number(),
    high: z.number(),
    /** Why, in the words that a report prints beside the figure. */
    because: z.strictObject({ it: z.string().min(1), en: z.string().min(1) }),
  })
  .refine(({ low, expected, high }) => low <= expected && expected <= high, 'low ≤ expected ≤ high');

/** What savings are reckoned from. Euro a year, unless the name says otherwise; a cost has a minus. */
export const savingsAssumptions = z.strictObject({
  employees: z.number().int().positive(),
  meetings_per_year: estimate,
  trips_avoided_per_meeting: estimate,
  /** Euro a trip. */
  cost_per_trip: estimate,
  telephone_per_year: estimate,
  licences_per_year: estimate,
  energy_per_year: estimate,
});

export type Estimate = z.infer<typeof estimate>;
export type SavingsAssumptions = z.infer<typeof savingsAssumptions>;

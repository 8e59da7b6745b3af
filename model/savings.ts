import { z } from 'zod';

const text = z.strictObject({ it: z.string().min(1), en: z.string().min(1) });

/** An assumption with its range and where it comes from. */
export const estimate = z
  .strictObject({
    low: z.number(),
    expected: z.number(),
    high: z.number(),
    /** What it says, in the words that a report prints beside the figure. */
    because: text,
    /** Who or what it is taken from. */
    source: text,
    /** Who of the administration has confirmed it, and when; a default that awaits that where absent. */
    confirmed: z.strictObject({ by: z.string().min(1), on: z.iso.date() }).optional(),
  })
  .refine(({ low, expected, high }) => low <= expected && expected <= high, 'low ≤ expected ≤ high');

/** What savings are reckoned from. Euro a year, unless the name says otherwise; a cost has a minus. */
export const savingsAssumptions = z.strictObject({
  /** For the reader's sense of size: nothing is reckoned from it. */
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

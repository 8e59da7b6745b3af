import { z } from 'zod';

const share = z.number().min(0).max(1);
const decibels = z.number().min(-130).max(40);

/** How figures of a site are made; what is absent has its default. */
export const figureSettings = z
  .strictObject({
    /** Share of known time below which there is a reason and no number. */
    coverage_min: share,
    /** Occupied intervals closer than this are one session; shorter ones than `session_drop_s` are none. */
    session_join_s: z.number().min(0).max(7_200),
    session_drop_s: z.number().min(0).max(7_200),
    /** Shares of the capacity: less is used less than wanted; from the second on it is overcrowded. */
    target_share: share,
    crowded_share: share,
    /** Local hour in which nobody is there: people counters start again. */
    reset_hour: z.number().int().min(0).max(23),
    /** Groups of fewer seats are not told of in public. */
    public_seats_min: z.number().int().min(1),
    /** More power than this no meter of the site can carry: what a counter shows beyond it is wrong. */
    counter_power_max_kw: z.number().positive(),
    wifi: z
      .strictObject({
        signal_min_dbm: decibels,
        utilization_max_pct: z.number().min(0).max(100),
        clients_max: z.number().int().min(1),
        rate_min_mbit_s: z.number().min(0),
        time_to_connect_max_ms: z.number().min(0),
        uplink_min_mbit_s: z.number().min(0),
      })
      .partial(),
  })
  .partial();

export type FigureSettings = z.infer<typeof figureSettings>;

import type { Band } from '../model/access-point.ts';

interface Modulation {
  /** Weakest signal at which it works. */
  readonly signalDbm: number;
  readonly mbitS: number;
}

/** Minimum sensitivity of MCS 0 to 9 in 20 MHz (IEEE Std 802.11-2020, table 21-25); twice the width needs 3 dB more. */
const sensitivityDbm = [-82, -79, -77, -74, -70, -66, -65, -64, -59, -57];

/** Rates of one stream with a guard interval of 800 ns (IEEE Std 802.11-2020, 21.5); 20 MHz has no MCS 9. */
const mbitS20 = [6.5, 13, 19.5, 26, 39, 52, 58.5, 65, 78];
const mbitS40 = [13.5, 27, 40.5, 54, 81, 108, 121.5, 135, 162, 180];
const mbitS80 = [29.3, 58.5, 87.8, 117, 175.5, 234, 263.3, 292.5, 351, 390];

const modulations = (mbitS: readonly number[], widerDb: number): readonly Modulation[] =>
  mbitS.map((rate, mcs) => ({ signalDbm: (sensitivityDbm[mcs] ?? 0) + widerDb, mbitS: rate }));

/** The usual width of a channel: 20 MHz at 2.4 GHz, 40 MHz at 5 GHz, 80 MHz at 6 GHz. */
const usual: Readonly<Record<Band, readonly Modulation[]>> = {
  '2.4': modulations(mbitS20, 0),
  '5': modulations(mbitS40, 3),
  '6': modulations(mbitS80, 6),
};

/** What is left of a rate on air after preambles, waits and acknowledgements. */
const macShare = 0.65;

/** The factors of an estimated rate, each 0 to 1; the smallest costs the most. */
export interface RateEstimate {
  readonly mbitS: number;
  readonly coverage: number;
  readonly capacity: number;
  readonly retries: number;
}

/**
 * The rate that a client with one stream can expect: the rate of the best modulation that its signal allows × 0.65 ×
 * share of frames that need no second try × share of time in which the channel is free.
 */
export const estimateRate = (
  band: Band,
  signalDbm: number,
  retriesPct: number,
  utilizationPct: number,
): RateEstimate => {
  const onAir = rateOf(usual[band], signalDbm);
  const best = bestMbitS[band];
  const coverage = onAir / best;
  const capacity = 1 - utilizationPct / 100;
  const retries = 1 - retriesPct / 100;
  return { coverage, capacity, retries, mbitS: best * macShare * coverage * capacity * retries };
};

const rateOf = (modulations: readonly Modulation[], signalDbm: number): number => {
  for (let mcs = modulations.length - 1; mcs >= 0; mcs--) {
    const modulation = modulations[mcs];
    if (modulation !== undefined && signalDbm >= modulation.signalDbm) return modulation.mbitS;
  }
  return 0;
};

const bestMbitS: Readonly<Record<Band, number>> = { '2.4': 78, '5': 180, '6': 390 };

import type { MeasurementDefinition } from '../measurement.ts';

/** Lengths of the windows in which figures are kept. A day is a local one of the site, of 23 to 25 hours. */
export const windows = ['1m', '15m', '1h', '1d'] as const;
export type Window = (typeof windows)[number];

/** Lengths in milliseconds of the windows that all are equally long. */
export const windowMs = { '1m': 60_000, '15m': 900_000, '1h': 3_600_000 } as const satisfies Partial<
  Record<Window, number>
>;

/** One definition for each window: `occupancy_1m`, `occupancy_15m`, … The time of a point is its window's start. */
export type AtWindows<D extends MeasurementDefinition> = {
  readonly [W in Window as `${D['name']}_${W}`]: D;
};

const lengths: Readonly<Record<Window, string>> = {
  '1m': 'minutes',
  '15m': 'quarters of an hour',
  '1h': 'hours',
  '1d': 'local days',
};

export const atWindows = <const D extends MeasurementDefinition>(definition: D): AtWindows<D> =>
  Object.fromEntries(
    windows.map((window) => {
      const name = `${definition.name}_${window}`;
      return [name, { ...definition, name, description: `${definition.description} In ${lengths[window]}.` }];
    }),
  ) as AtWindows<D>;

import type { FieldName } from '../../model/measurements.ts';
import { type Expression, max, mean } from './expression.ts';
import { query, unitOf } from './query.ts';
import { select } from './select.ts';
import { chosen } from './variable.ts';

type WeatherField = FieldName<'weather'>;

const windowed = (field: WeatherField, value: Expression<WeatherField>) =>
  query(
    select('weather', {
      columns: { value },
      // There is a mast for the whole site: the zone that it stands in says nothing about its reach.
      where: { site: chosen('site') },
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('weather', field) },
  );

/** Mean of a reading of the mast, a window, in the model's unit. */
export const weatherMean = (field: WeatherField) => windowed(field, mean(field));

/** Highest of it, a window: for rain, which a mean would hide. */
export const weatherPeak = (field: WeatherField) => windowed(field, max(field));

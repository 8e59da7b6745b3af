import type { FieldName } from '../../model/measurements.ts';
import { growth, last, max, mean, minus, percentile, ratio, sum, times } from './expression.ts';
import { query, unitOf } from './query.ts';
import { select, selectFrom } from './select.ts';
import { chosen, place, type VariableName } from './variable.ts';

/** Meters by what they measure: the site's supply, its parts, what it produces, or those that the reader chose. */
export type Meters = Extract<VariableName, 'feed' | 'circuit' | 'generation' | 'meter'>;
type Energy = 'energy_import_wh' | 'energy_export_wh';

/** A circuit or a chosen meter belongs to a zone; supply and production are the whole site's. */
const scopes = {
  feed: { site: chosen('site'), device: chosen('feed') },
  generation: { site: chosen('site'), device: chosen('generation') },
  circuit: { ...place, device: chosen('circuit') },
  meter: { ...place, device: chosen('meter') },
} as const;
const total = (meters: Meters) => ({ ...scopes[meters], phase: 'total' }) as const;
const phases = { site: chosen('site'), device: chosen('feed'), phase: { not: 'total' } } as const;

/** Active power now in W: the last value of each meter, added up. Negative while more is given than taken. */
export const powerNow = (meters: Meters) =>
  query(
    selectFrom(
      select('power', { columns: { power: last('active_power_w') }, where: total(meters), by: ['device'] }),
      { columns: { power: sum('power') } },
    ),
    { power: 'W' },
  );

/** Production now in W, positive. */
export const productionNow = () =>
  query(
    selectFrom(
      select('power', {
        columns: { power: last('active_power_w') },
        where: total('generation'),
        by: ['device'],
      }),
      { columns: { power: times(sum('power'), -1) } },
    ),
    { power: 'W' },
  );

/** Power now, in % of what the contract allows. @param contractedW watts */
export const shareOfContract = (contractedW: number) =>
  query(
    selectFrom(
      select('power', { columns: { power: last('active_power_w') }, where: total('feed'), by: ['device'] }),
      { columns: { share: times(sum('power'), 100 / contractedW) } },
    ),
    { share: '%' },
  );

const factorOfCircuits = { factor: ratio(mean('active_power_w'), mean('apparent_power_va')) };

/** Power factor of all circuits together over the range: production does not come into it. */
export const powerFactor = () =>
  query(select('power', { columns: factorOfCircuits, where: total('circuit') }), {
    factor: unitOf('power', 'power_factor'),
  });

/** The same, a window. */
export const powerFactorTrend = () =>
  query(
    select('power', {
      columns: factorOfCircuits,
      where: total('circuit'),
      every: 'interval',
      fill: 'null',
    }),
    { factor: unitOf('power', 'power_factor') },
  );

/** Active power of each meter in W, mean of a window. */
export const powerByMeter = (meters: Meters) =>
  query(
    select('power', {
      columns: { power: mean('active_power_w') },
      where: total(meters),
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { power: 'W' },
  );

/** Production of each generator in W, mean of a window, positive. */
export const productionByMeter = () =>
  query(
    select('power', {
      columns: { power: times(mean('active_power_w'), -1) },
      where: total('generation'),
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { power: 'W' },
  );

/** Highest 15-minute mean of the supply in the range, in W: what the supplier measures the contract by. */
export const peakPower = () =>
  query(
    selectFrom(
      select('power', { columns: { power: mean('active_power_w') }, where: total('feed'), every: '15m' }),
      { columns: { peak: max('power') } },
    ),
    { peak: 'W' },
  );

/** What the circuits together stay under in one twentieth of the range, in W: what runs even when nobody is there. */
export const baseLoad = () =>
  query(
    selectFrom(
      selectFrom(
        select('power', {
          columns: { power: mean('active_power_w') },
          where: total('circuit'),
          by: ['device'],
          every: '15m',
        }),
        { columns: { power: sum('power') }, every: '15m' },
      ),
      { columns: { base: percentile('power', 5) } },
    ),
    { base: 'W' },
  );

/** Power of each chosen meter in W, by its last word in the range, with the time at which it was said. */
export const lastReportOfEachMeter = () =>
  query(
    select('power', { columns: { power: last('active_power_w') }, where: total('meter'), by: ['device'] }),
    { power: 'W' },
  );

const energyOfEachMeter = (meters: Meters, counter: Energy) =>
  select('power', {
    columns: { energy: growth(counter) },
    where: total(meters),
    by: ['device'],
    every: 'interval',
  });

/** Energy taken (or given) over the range in Wh, all meters together. */
export const energyInRange = (meters: Meters, counter: Energy) =>
  query(selectFrom(energyOfEachMeter(meters, counter), { columns: { energy: sum('energy') } }), {
    energy: 'Wh',
  });

/** The same, a window. */
export const energy = (meters: Meters, counter: Energy) =>
  query(
    selectFrom(energyOfEachMeter(meters, counter), { columns: { energy: sum('energy') }, every: 'interval' }),
    { energy: 'Wh' },
  );

/** Energy that each meter took over the range, in Wh. */
export const energyByMeter = (meters: Meters) =>
  query(
    selectFrom(energyOfEachMeter(meters, 'energy_import_wh'), {
      columns: { energy: sum('energy') },
      by: ['device'],
    }),
    { energy: 'Wh' },
  );

/** Price of the energy taken from the grid over the range at one price, in €. @param perKwh € a kWh */
export const costInRange = (perKwh: number) =>
  query(
    selectFrom(energyOfEachMeter('feed', 'energy_import_wh'), {
      columns: { cost: times(sum('energy'), perKwh / 1000) },
    }),
    { cost: 'EUR' },
  );

/** A quantity of each phase of the supply, mean of a window, in the field's unit. */
export const byPhase = (field: FieldName<'power'>) =>
  query(
    select('power', {
      columns: { value: mean(field) },
      where: phases,
      by: ['phase'],
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('power', field) },
  );

/** How far the most loaded phase of the supply is above the mean of the three, in A. */
export const phaseImbalance = () =>
  query(
    selectFrom(
      select('power', {
        columns: { current: mean('current_a') },
        where: phases,
        by: ['phase'],
        every: 'interval',
      }),
      {
        columns: { imbalance: minus(max('current'), mean('current')) },
        every: 'interval',
        fill: 'null',
      },
    ),
    { imbalance: unitOf('power', 'current_a') },
  );

/** A quantity of the supply as a whole, mean of a window, in the field's unit. */
export const ofSupply = (field: FieldName<'power'>) =>
  query(
    select('power', {
      columns: { value: mean(field) },
      where: total('feed'),
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('power', field) },
  );

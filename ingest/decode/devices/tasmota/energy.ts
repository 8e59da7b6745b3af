import { type Gatherer, type Speaker, valueAt } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';

type Phase = 'total' | 'a' | 'b' | 'c';

/** `Today`, `Yesterday` and `Period` start again from zero by themselves: only `Total` is a counter. */
const rulesOf = (phase: Phase): Rule[] => [
  rule('Power', 'W', 'power', 'active_power_w', { phase }),
  rule('ApparentPower', 'VA', 'power', 'apparent_power_va', { phase }),
  rule('ReactivePower', 'var', 'power', 'reactive_power_var', { phase }),
  rule('Factor', '1', 'power', 'power_factor', { phase }),
  rule('Frequency', 'Hz', 'power', 'frequency_hz', { phase }),
  rule('Voltage', 'V', 'power', 'voltage_v', { phase }),
  rule('Current', 'A', 'power', 'current_a', { phase }),
  // The meter's own register; `Total`, where there is one, goes over it.
  rule('ImportActive', 'kWh', 'power', 'energy_import_wh', { phase }),
  rule('Total', 'kWh', 'power', 'energy_import_wh', { phase }),
  rule('ExportActive', 'kWh', 'power', 'energy_export_wh', { phase }),
];
const rules = { total: rulesOf('total'), a: rulesOf('a'), b: rulesOf('b'), c: rulesOf('c') };
const keys = rules.total.map(({ path }) => path[0] ?? '');

/** No Tasmota energy driver has more phases or channels. */
const channelsMax = 8;

/**
 * The `ENERGY` object. A meter with several channels sends arrays beside scalars: what is a scalar belongs to the
 * device as a whole. Three values are the phases of one line, unless one voltage for all says that they are circuits. What phases have
 * together is the device's, too.
 */
export const gatherEnergy = (gatherer: Gatherer, speaker: Speaker, energy: unknown): void => {
  const length = Math.max(0, ...keys.map((key) => lengthOf(valueAt(energy, [key]))));
  if (length === 0) {
    gatherer.apply(speaker, energy, rules.total);
    return;
  }
  const threePhase = length === 3 && typeof valueAt(energy, ['Voltage']) !== 'number';
  for (let index = 0; index < Math.min(length, channelsMax); index++) {
    const phase = threePhase ? (['a', 'b', 'c'] as const)[index] : undefined;
    const device = phase === undefined ? `${speaker.device}/${index + 1}` : speaker.device;
    gatherer.apply({ ...speaker, device }, partOf(energy, index), rules[phase ?? 'total']);
  }
  gatherer.apply(speaker, partOf(energy, undefined), rules.total);
  if (threePhase) gatherer.sumPhases(speaker);
};

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** One element of each array; or what is no array. */
const partOf = (energy: unknown, index: number | undefined): Readonly<Record<string, unknown>> => {
  const part: Record<string, unknown> = {};
  for (const key of keys) {
    const value = valueAt(energy, [key]);
    if (Array.isArray(value)) {
      if (index !== undefined) part[key] = value[index];
    } else if (index === undefined) {
      part[key] = value;
    }
  }
  return part;
};

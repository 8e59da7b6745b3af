import { type Rule, rule } from '../../rule.ts';

type Phase = 'total' | 'a' | 'b' | 'c';

/** Meters name their phases in one of these ways; without a suffix it is the whole. */
const suffixes: Readonly<Record<string, Phase>> = {
  '': 'total',
  _ab: 'total',
  _a: 'a',
  _b: 'b',
  _c: 'c',
  _phase_a: 'a',
  _phase_b: 'b',
  _phase_c: 'c',
  _l1: 'a',
  _l2: 'b',
  _l3: 'c',
};

const rulesOf = (suffix: string, phase: Phase): Rule[] => [
  rule(`power${suffix}`, 'W', 'power', 'active_power_w', { phase }),
  rule(`power_apparent${suffix}`, 'VA', 'power', 'apparent_power_va', { phase }),
  rule(`power_reactive${suffix}`, 'var', 'power', 'reactive_power_var', { phase }),
  rule(`reactive_power${suffix}`, 'var', 'power', 'reactive_power_var', { phase }),
  rule(`voltage${suffix}`, 'V', 'power', 'voltage_v', { phase }),
  rule(`current${suffix}`, 'A', 'power', 'current_a', { phase }),
  rule(`power_factor${suffix}`, '1', 'power', 'power_factor', { phase }),
  rule(`ac_frequency${suffix}`, 'Hz', 'power', 'frequency_hz', { phase }),
  rule(`frequency${suffix}`, 'Hz', 'power', 'frequency_hz', { phase }),
  rule(`energy${suffix}`, 'kWh', 'power', 'energy_import_wh', { phase }),
  rule(`produced_energy${suffix}`, 'kWh', 'power', 'energy_export_wh', { phase }),
  rule(`energy_produced${suffix}`, 'kWh', 'power', 'energy_export_wh', { phase }),
];

const byKey = (rules: readonly Rule[]): [string, Rule][] => rules.map((each) => [each.path[0] ?? '', each]);

export const electricity: ReadonlyMap<string, Rule> = new Map(
  Object.entries(suffixes).flatMap(([suffix, phase]) => byKey(rulesOf(suffix, phase))),
);

/** The attributes without a suffix, read as those of phase A: where B and C have a suffix and A has none. */
export const electricityOfPhaseA: ReadonlyMap<string, Rule> = new Map(byKey(rulesOf('', 'a')));

/** An output of a strip with two or more: `power_l1` beside `state_l1` is a channel and no phase. */
export const outletPattern = /^([a-z_]+)_(l[1-8]|left|right|center)$/;

const factorKey = /^power_factor(?:_|$)/;
const factorsInPercent = new Map<string, Rule>(
  [...electricity.values()]
    .filter(({ path }) => factorKey.test(path[0] ?? ''))
    .map((each) => [each.path[0] ?? '', { ...each, unit: 'percent as ratio' }]),
);

/** Some meters tell the power factor in per cent; above 1 it can be nothing else. */
export const inPercent = (key: string, value: unknown): Rule | undefined =>
  typeof value === 'number' && Math.abs(value) > 1 ? factorsInPercent.get(key) : undefined;

/** Keys that only something on the mains has. */
export const mainsKeys = ['power', 'current', 'energy', 'ac_frequency', 'power_factor'] as const;

import { type Gatherer, isRecord, type Speaker } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';

/** Analogue inputs are numbered where there are several, and what each measures is the key. */
const numbered = /^(Temperature|Illuminance|CTEnergy)(\d{1,2})?$/;

/** A current clamp on an input; its voltage is a setting, and what follows from it is an estimate of the owner's. */
const clampRules = [
  rule('Power', 'W', 'power', 'active_power_w', { phase: 'total' }),
  rule('Current', 'A', 'power', 'current_a', { phase: 'total' }),
  rule('Energy', 'kWh', 'power', 'energy_import_wh', { phase: 'total' }),
];

/** The `ANALOG` object: the first input speaks for the device, further ones are channels of it. */
export const gatherAnalog = (
  gatherer: Gatherer,
  speaker: Speaker,
  sensor: unknown,
  rules: readonly Rule[],
): void => {
  if (!isRecord(sensor)) return;
  for (const [key, value] of Object.entries(sensor)) {
    const [, name = '', number = '1'] = numbered.exec(key) ?? [];
    if (name === '') continue;
    const device = number === '1' ? speaker.device : `${speaker.device}/analog${number}`;
    const own = { ...speaker, device };
    if (name === 'CTEnergy') gatherer.apply(own, value, clampRules);
    else gatherer.apply(own, { [name]: value }, rules);
  }
};

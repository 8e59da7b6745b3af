import type { Dialect } from './dialect.ts';
import { each, figure, ignored, type Keyed, leftOut, vocabularyOf } from './term.ts';

const total = { phase: 'total' } as const;
const frameType = /^0x[0-9a-f]{2} /i;

/**
 * Adeunis: `bytes` with a frame type, quantities as `{ unit, value }` or `{ unit, values: [t=0, t-1, …] }`; the
 * period of the older values is in another frame, so the newest alone is read. `presence` is a share of the
 * interval in per cent. TIC is the French meter's own vocabulary: base index, apparent power, currents.
 */
export const adeunis: Dialect = {
  name: 'adeunis',
  marked: (keyed: Keyed) => {
    const type = keyed.get('type');
    return typeof type === 'string' && frameType.test(type);
  },
  models: /\badeunis\b/i,
  terms: vocabularyOf({
    presence: ignored,
    luminosity: ignored,
    BASE: figure('BASE', 'Wh', 'power', 'energy_import_wh', total),
    ...each(['HCHC', 'HCHP', 'EJPHN', 'EJPHPM'], (key) =>
      leftOut(`${key}: the index of one tariff is not the whole energy`),
    ),
    EAIT: figure('EAIT', 'Wh', 'power', 'energy_export_wh', total),
    PAPP: figure('PAPP', 'VA', 'power', 'apparent_power_va', total),
    IINST: figure('IINST', 'A', 'power', 'current_a', total),
    IINST1: figure('IINST1', 'A', 'power', 'current_a', { phase: 'a' }),
    IINST2: figure('IINST2', 'A', 'power', 'current_a', { phase: 'b' }),
    IINST3: figure('IINST3', 'A', 'power', 'current_a', { phase: 'c' }),
  }),
};

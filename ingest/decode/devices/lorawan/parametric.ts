import { type Dialect, hasKeys } from './dialect.ts';
import { figure, ignored, leftOut, vocabularyOf } from './term.ts';

/**
 * PCR2: left to right is taken for "in". LTR and RTL count since the last uplink, the sums since power-up. The
 * temperature is the processor's, the battery is per cent or millivolts depending on the firmware.
 */
export const parametric: Dialect = {
  name: 'parametric-pcr2',
  marked: hasKeys(['ltr', 'rtl'], ['ltrsum', 'rtlsum']),
  models: /\bpcr2/i,
  terms: vocabularyOf({
    LTR: figure('LTR', 'persons', 'occupancy', 'in_count'),
    RTL: figure('RTL', 'persons', 'occupancy', 'out_count'),
    LTR_SUM: figure('LTR_SUM', 'persons', 'occupancy', 'in_total'),
    RTL_SUM: figure('RTL_SUM', 'persons', 'occupancy', 'out_total'),
    DIFF: leftOut('DIFF: without a sign it does not say whether people came or went'),
    TEMP: figure('TEMP', '°C', 'device_health', 'temperature_c'),
    SBX_BATT: ignored,
    SBX_PV: ignored,
  }),
};

import type { KpiRow } from '../query/reader.ts';
import type { KpiSettings } from '../settings.ts';
import type { Rule } from './anomaly.ts';
import type { Context } from './context.ts';

const figure = ({ value }: KpiRow): number | undefined => value;
const startIn =
  (starts: ReadonlySet<number>) =>
  ({ time = 0 }: KpiRow): boolean =>
    starts.has(time);

/** Power of an empty night over the base load from which somebody should look what is on. */
const nightShareMax = 1.5;

/** All kinds, with the limits of a site. */
export const rulesOf = (settings: KpiSettings, context: Context): readonly Rule[] => {
  const { heard, used, emptyNights, baseLoadKw = Number.POSITIVE_INFINITY } = context;
  const [isHeard, isUsed, isEmptyNight] = [heard, used, emptyNights].map(startIn);
  const nightMaxKw = nightShareMax * baseLoadKw;
  const from = (threshold: number): Pick<Rule, 'threshold' | 'measure' | 'isWrong'> => ({
    threshold,
    measure: figure,
    isWrong: (value) => value >= threshold,
  });
  return [
    {
      kind: 'silent_device',
      kpi: 'device_health',
      by: ['device'],
      every: 'PT1H',
      rows: { statistic: 'reports_share' },
      windowsMin: 1,
      threshold: 0,
      measure: ({ coverage }) => coverage,
      isWrong: (coverage, row) => coverage === 0 && isHeard?.(row) === true,
      advice: {
        it: 'Controllare alimentazione, batteria e collegamento del dispositivo.',
        en: 'Look at the power, battery and link of the device.',
      },
    },
    {
      kind: 'stuck_sensor',
      kpi: 'time_occupancy',
      by: ['seat'],
      every: 'P1D',
      rows: {},
      windowsMin: 7,
      threshold: 0,
      measure: figure,
      isWrong: (share, row) => share === 0 && isUsed?.(row) === true,
      advice: {
        it: 'Sedersi al posto e guardare se il sensore lo dice; altrimenti sostituirlo.',
        en: 'Sit down there and see whether the sensor tells; else replace it.',
      },
    },
    {
      kind: 'seat_always_taken',
      kpi: 'time_occupancy',
      by: ['seat'],
      every: 'P1D',
      rows: {},
      windowsMin: 1,
      ...from(0.98),
      advice: {
        it: 'Guardare se c’è un oggetto sul posto, o se il sensore è bloccato.',
        en: 'See whether something lies on the seat, or the sensor is stuck.',
      },
    },
    {
      kind: 'counter_drift',
      kpi: 'counter_drift',
      by: [],
      every: 'P1D',
      rows: {},
      windowsMin: 1,
      threshold: 10,
      measure: ({ value }) => (value === undefined ? undefined : Math.abs(value)),
      isWrong: (people) => people >= 10,
      advice: {
        it: 'Pulire e riallineare i contapersone ai varchi; verificare che ogni varco ne abbia uno.',
        en: 'Clean and align the counters; see that every way in has one.',
      },
    },
    {
      kind: 'ap_down',
      kpi: 'wifi_ap_health',
      by: ['device'],
      every: 'PT1H',
      rows: { cause: 'offline' },
      windowsMin: 1,
      ...from(5),
      advice: {
        it: 'Controllare alimentazione PoE e collegamento dell’access point.',
        en: 'Look at the PoE power and the uplink of the access point.',
      },
    },
    {
      kind: 'over_capacity',
      kpi: 'utilisation',
      by: ['zone'],
      every: 'PT1H',
      rows: { source: 'seats', statistic: 'mean' },
      windowsMin: 1,
      ...from(settings.crowdedShare),
      advice: {
        it: 'Aggiungere posti o indirizzare le persone verso le altre zone.',
        en: 'Add seats or send people to the other zones.',
      },
    },
    {
      kind: 'power_at_night',
      kpi: 'energy',
      by: [],
      every: 'PT1H',
      rows: { statistic: 'import' },
      windowsMin: 1,
      threshold: nightMaxKw,
      // kWh of an hour are kW.
      measure: figure,
      isWrong: (kw, row) => kw > nightMaxKw && isEmptyNight?.(row) === true,
      advice: {
        it: 'Cercare che cosa resta acceso di notte: luci, riscaldamento, ricariche.',
        en: 'Look for what stays on at night: lights, heating, charging.',
      },
    },
    {
      kind: 'phase_imbalance',
      kpi: 'phase_imbalance',
      by: ['device'],
      every: 'PT1H',
      rows: {},
      windowsMin: 3,
      ...from(0.5),
      advice: {
        it: 'Far ridistribuire i carichi sulle tre fasi da un elettricista.',
        en: 'Have an electrician spread the loads over the three phases.',
      },
    },
  ];
};

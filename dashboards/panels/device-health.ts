import { lastReportOfEachAccessPoint } from '../queries/access-point.ts';
import * as health from '../queries/device-health.ts';
import { lastReportOfEachMeter } from '../queries/power.ts';
import type { Query } from '../queries/query.ts';
import type { TablePanel } from './panel.ts';
import { above, informative } from './threshold.ts';

/** Seconds: twice the longest time between reports, and the silence after which a state is unknown. */
export const silenceTarget = above(120, 600);

/** How long ago devices were heard, those silent for longest first. @param age column of the query */
const lastSeenTable = (key: string, query: Query, age: string): TablePanel => ({
  kind: 'table',
  key,
  title: { it: 'Ultimo segnale di ogni dispositivo', en: 'Last report of each device' },
  description: {
    it:
      'Da quanto tempo il gateway non sente ogni dispositivo delle zone scelte, non solo i posti; in testa quelli muti ' +
      'da più tempo. Dopo 10 minuti lo stato non è più noto: verificare alimentazione, batteria e radio sul posto. Se ' +
      'tacciono tutti insieme, il guasto è nella rete o nel gateway.',
    en:
      'How long ago the gateway heard each device of the chosen zones, not only seats; those silent for longest come ' +
      'first. After 10 minutes the state is no longer known: check power, battery and radio on site. If all are silent ' +
      'at once, the fault is in the network or the gateway.',
  },
  noValue: {
    it: 'Il gateway non ha registrato alcun dispositivo negli ultimi 10 minuti',
    en: 'The gateway has recorded no device in the last 10 minutes',
  },
  targets: [{ query }],
  thresholds: informative,
  minInterval: '1m',
  recent: '10m',
  columns: {
    device: { title: { it: 'Dispositivo', en: 'Device' } },
    [age]: {
      title: { it: 'Tempo dall’ultimo segnale', en: 'Time since last report' },
      thresholds: silenceTarget,
      decimals: 0,
    },
  },
  sortBy: { column: age, descending: true },
});

export const lastSeen = lastSeenTable('last-seen', health.lastSeen(), 'age');

/** The same for whatever devices are chosen. */
export const lastSeenOfChosen = lastSeenTable(
  'last-seen-of-chosen',
  health.healthOfEach('last_seen_age_s'),
  'value',
);

/** The time of a row, as Grafana tells it: "3 minutes ago". */
const lastReport = {
  title: { it: 'Ultimo segnale', en: 'Last report' },
  format: 'dateTimeFromNow',
} as const;

export const accessPointReports: TablePanel = {
  kind: 'table',
  key: 'access-point-reports',
  title: { it: 'Ultimo segnale degli access point', en: 'Last report of the access points' },
  description: {
    it:
      'In testa gli access point muti da più tempo. Ognuno risponde ogni 30 secondi: dopo 3 minuti è da considerare ' +
      'spento o isolato. Verificare alimentazione PoE, porta dello switch e controller.',
    en:
      'Access points silent for longest come first. Each reports every 30 seconds: after 3 minutes take it for off or ' +
      'cut off. Check its PoE supply, switch port and controller.',
  },
  detail: 'access-point',
  noValue: {
    it: 'Nessun access point ha risposto nel periodo scelto',
    en: 'No access point has reported in the chosen range',
  },
  targets: [{ query: lastReportOfEachAccessPoint() }],
  thresholds: informative,
  minInterval: '1m',
  columns: { device: { title: { it: 'Access point', en: 'Access point' } }, Time: lastReport },
  sortBy: { column: 'Time', descending: false },
};

export const meterReports: TablePanel = {
  kind: 'table',
  key: 'meter-reports',
  title: { it: 'Ultima lettura dei contatori', en: 'Last reading of the meters' },
  description: {
    it:
      'Ultima potenza letta da ogni contatore scelto; in testa quelli muti da più tempo. Un contatore muto non conta ' +
      'nelle somme in alto: verificarne alimentazione e rete. L’energia non va persa, il totale riprende alla lettura ' +
      'successiva.',
    en:
      'Last power read from each chosen meter; those silent for longest come first. A silent meter is missing in the ' +
      'sums above: check its power and network. No energy is lost, the total goes on with the next reading.',
  },
  detail: 'meter',
  noValue: {
    it: 'Nessun contatore ha risposto nel periodo scelto',
    en: 'No meter has reported in the chosen range',
  },
  targets: [{ query: lastReportOfEachMeter() }],
  thresholds: informative,
  minInterval: '1m',
  columns: {
    device: { title: { it: 'Contatore', en: 'Meter' } },
    power: { title: { it: 'Potenza', en: 'Power' }, decimals: 0 },
    Time: lastReport,
  },
  sortBy: { column: 'Time', descending: false },
};

import * as service from '../queries/service-level.ts';
import { same, type Text } from '../text.ts';
import type { BarGaugePanel, Column, SeriesPanel, TablePanel, Target } from './panel.ts';
import { above, below, informative } from './threshold.ts';

const nothing = {
  it: 'Nessuno era collegato nel periodo scelto, o le finestre non sono ancora formate',
  en: 'Nobody was connected in the chosen range, or the windows are not there yet',
};

/** In % of the users' time: from 5 look at it, from 10 act. */
export const badTarget = above(5, 10);

type Ask = typeof service.badShare;

const radioCauses = (ask: Ask): readonly [Target, ...Target[]] => [
  { query: ask('capacity', 'capacity_clients_ms'), name: { it: 'Troppi utenti', en: 'Too many clients' } },
  { query: ask('capacity', 'capacity_own_traffic_ms'), name: { it: 'Traffico nostro', en: 'Our traffic' } },
  { query: ask('capacity', 'capacity_other_networks_ms'), name: { it: 'Altre reti', en: 'Other networks' } },
  { query: ask('capacity', 'capacity_noise_ms'), name: { it: 'Rumore', en: 'Noise' } },
  { query: ask('coverage', 'coverage_weak_signal_ms'), name: { it: 'Segnale debole', en: 'Weak signal' } },
  { query: ask('coverage', 'coverage_asymmetry_ms'), name: { it: 'Asimmetria', en: 'Asymmetry' } },
];

const failed = (cause: service.Cause, ask: Ask, name: Text): Target => ({
  query: ask('successful_connects', cause),
  name,
});

const accessCauses = (ask: Ask): readonly [Target, ...Target[]] => [
  failed('successful_connects_association_ms', ask, { it: 'Associazione', en: 'Association' }),
  failed('successful_connects_authorization_ms', ask, { it: 'Autenticazione', en: 'Authorisation' }),
  failed('successful_connects_dhcp_ms', ask, same('DHCP')),
  failed('successful_connects_dns_ms', ask, same('DNS')),
  { query: ask('roaming', 'roaming_slow_ms'), name: { it: 'Passaggio lento', en: 'Slow roam' } },
  { query: ask('ap_health', 'ap_health_offline_ms'), name: { it: 'AP spento', en: 'AP offline' } },
  { query: ask('ap_health', 'ap_health_reboot_ms'), name: { it: 'AP riavviato', en: 'AP rebooting' } },
];

export const radioCausesTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'radio-causes-trend',
  title: {
    it: 'Capacità e copertura: tempo cattivo per causa',
    en: 'Capacity and coverage: bad time by cause',
  },
  description: {
    it:
      'Quota del tempo degli utenti andata male, causa per causa. Troppi utenti o traffico nostro: un’altra radio. ' +
      'Altre reti o rumore: cambiare canale. Segnale debole: un access point più vicino. Asimmetria: meno potenza.',
    en:
      'Share of the users’ time that was bad, cause by cause. Too many clients or our own traffic: another radio. Other ' +
      'networks or noise: change the channel. Weak signal: an access point nearer. Asymmetry: less power.',
  },
  noValue: nothing,
  targets: radioCauses(service.badShareTrend),
  thresholds: badTarget,
  minInterval: '15m',
  legend: ['mean', 'max'],
  decimals: 1,
  min: 0,
};

export const causesInRange: BarGaugePanel = {
  kind: 'bargauge',
  key: 'service-causes',
  title: { it: 'Livelli di servizio: che cosa li abbassa', en: 'Service levels: what lowers them' },
  description: {
    it:
      'Quota del tempo degli utenti (o dei tentativi) persa per ogni causa nel periodo scelto. Cominciare dalla barra ' +
      'più lunga: dal 10 % gli utenti se ne accorgono.',
    en:
      'Share of the users’ time (or attempts) lost to each cause in the chosen range. Begin with the longest bar: from ' +
      '10 % on people notice.',
  },
  noValue: nothing,
  targets: [...radioCauses(service.badShare), ...accessCauses(service.badShare)],
  thresholds: badTarget,
  minInterval: '15m',
  decimals: 1,
  min: 0,
};

/** In % of the users' time: below 95 look at it, below 90 act; the alerts call at the second. */
const goodTarget = below(95, 90);

const levelNames: Readonly<Record<service.Level, Text>> = {
  coverage: { it: 'Copertura', en: 'Coverage' },
  capacity: { it: 'Capacità', en: 'Capacity' },
  throughput: { it: 'Velocità', en: 'Throughput' },
  time_to_connect: { it: 'Tempo di connessione', en: 'Time to connect' },
  successful_connects: { it: 'Connessioni riuscite', en: 'Successful connects' },
  roaming: { it: 'Passaggi fra access point', en: 'Roaming' },
  ap_health: { it: 'Salute degli access point', en: 'Access point health' },
};

const level = (ask: typeof service.levelInRange, name: service.Level): Target => ({
  query: ask(name),
  name: levelNames[name],
});
const everyLevel = (ask: typeof service.levelInRange): readonly [Target, ...Target[]] => [
  level(ask, 'coverage'),
  level(ask, 'capacity'),
  level(ask, 'throughput'),
  level(ask, 'time_to_connect'),
  level(ask, 'successful_connects'),
  level(ask, 'roaming'),
  level(ask, 'ap_health'),
];

export const levelsInRange: BarGaugePanel = {
  kind: 'bargauge',
  key: 'service-levels',
  title: { it: 'Livelli di servizio', en: 'Service levels' },
  description: {
    it:
      'Quota buona del tempo degli utenti (o dei tentativi) per ogni livello, nel periodo scelto. Sotto il 90 % ' +
      'l’obiettivo è mancato: le cause sono nel grafico sotto, il dove nella tabella per zona.',
    en:
      'Good share of the users’ time (or attempts) for each level, in the chosen range. Below 90 % the target is missed: ' +
      'the causes are in the chart below, the place is in the table by zone.',
  },
  noValue: nothing,
  targets: everyLevel(service.levelInRange),
  thresholds: goodTarget,
  minInterval: '15m',
  decimals: 1,
  min: 0,
  max: 100,
};

export const levelsTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'service-levels-trend',
  title: { it: 'Livelli di servizio nel tempo', en: 'Service levels over time' },
  description: {
    it:
      'La quota buona di ogni livello, quarto d’ora per quarto d’ora. Cali ogni giorno alla stessa ora: affollamento. ' +
      'Un calo netto che resta: un cambiamento di quel momento (canale, firmware, cavo).',
    en:
      'Good share of each level, quarter of an hour by quarter of an hour. Dips each day at one hour: crowding. A sharp ' +
      'fall that stays: a change of that moment (channel, firmware, cable).',
  },
  noValue: nothing,
  targets: everyLevel(service.levelTrend),
  thresholds: goodTarget,
  minInterval: '15m',
  legend: ['lastNotNull', 'mean', 'min'],
  decimals: 1,
  max: 100,
};

const levelColumn = (name: service.Level): Column => ({
  title: levelNames[name],
  thresholds: goodTarget,
  decimals: 1,
});

const levelColumns = {
  coverage: levelColumn('coverage'),
  capacity: levelColumn('capacity'),
  throughput: levelColumn('throughput'),
  time_to_connect: levelColumn('time_to_connect'),
  successful_connects: levelColumn('successful_connects'),
  roaming: levelColumn('roaming'),
} as const;

export const levelsByZone: TablePanel = {
  kind: 'table',
  key: 'service-levels-by-zone',
  title: { it: 'Livelli di servizio per zona', en: 'Service levels by zone' },
  description: {
    it:
      'Dove il Wi-Fi manca l’obiettivo: la zona peggiore sta in testa. Sceglierla in alto alla voce «Zona» per vedere ' +
      'solo i suoi access point; aprire poi «Access point» per scendere a quello e alle sue radio.',
    en:
      'Where the Wi-Fi misses its target: the worst zone comes first. Choose it above under “Zone” to see its access ' +
      'points alone; then open “Access points” to go down to one and its radios.',
  },
  noValue: nothing,
  targets: [{ query: service.levelsOfEach('zone') }],
  thresholds: informative,
  minInterval: '15m',
  columns: { zone: { title: { it: 'Zona', en: 'Zone' } }, ...levelColumns },
  sortBy: { column: 'capacity', descending: false },
};

export const levelsByAccessPoint: TablePanel = {
  ...levelsByZone,
  key: 'service-levels-by-access-point',
  title: { it: 'Livelli di servizio per access point', en: 'Service levels by access point' },
  description: {
    it:
      'Quale access point manca l’obiettivo: il peggiore sta in testa. Un clic sul nome apre le sue radio, canale per ' +
      'canale.',
    en:
      'Which access point misses its target: the worst comes first. A click on its name opens its radios, channel by ' +
      'channel.',
  },
  detail: 'access-point',
  targets: [{ query: service.levelsOfEach('device') }],
  columns: { device: { title: { it: 'Access point', en: 'Access point' } }, ...levelColumns },
};

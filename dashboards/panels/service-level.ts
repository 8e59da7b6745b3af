import * as service from '../queries/service-level.ts';
import { same, type Text } from '../text.ts';
import type { BarGaugePanel, SeriesPanel, Target } from './panel.ts';
import { above } from './threshold.ts';

const nothing = {
  it: 'Nessun tempo cattivo per queste cause, o nessuno era collegato',
  en: 'No bad time for these causes, or nobody was connected',
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
      'più lunga: dal 10 % gli utenti se ne accorgono. Le cause mai viste non compaiono.',
    en:
      'Share of the users’ time (or attempts) lost to each cause in the chosen range. Begin with the longest bar: from ' +
      '10 % on people notice. Causes that never came about are not there.',
  },
  noValue: nothing,
  targets: [...radioCauses(service.badShare), ...accessCauses(service.badShare)],
  thresholds: badTarget,
  minInterval: '15m',
  decimals: 1,
  min: 0,
};

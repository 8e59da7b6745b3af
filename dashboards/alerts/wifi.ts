import * as ask from '../queries/alert.ts';
import type { Level } from '../queries/service-level.ts';
import type { Text } from '../text.ts';
import type { Alerting } from './configuration.ts';
import type { AlertRule } from './rule.ts';

const hourS = 3_600;

/** Each level, what it is called, and where to look first when it is low. */
const levels: Readonly<Record<Level, { readonly name: Text; readonly look: Text }>> = {
  coverage: {
    name: { it: 'copertura', en: 'coverage' },
    look: { it: 'segnale debole o asimmetrico', en: 'weak or lopsided signal' },
  },
  capacity: {
    name: { it: 'capacità', en: 'capacity' },
    look: {
      it: 'canale carico, troppi utenti o disturbi',
      en: 'busy channel, too many clients or interference',
    },
  },
  throughput: {
    name: { it: 'velocità', en: 'throughput' },
    look: { it: 'segnale, carico o ritrasmissioni', en: 'signal, load or retries' },
  },
  time_to_connect: {
    name: { it: 'tempo di connessione', en: 'time to connect' },
    look: { it: 'RADIUS, DHCP o DNS lenti', en: 'slow RADIUS, DHCP or DNS' },
  },
  successful_connects: {
    name: { it: 'connessioni riuscite', en: 'successful connects' },
    look: { it: 'la fase in cui falliscono', en: 'the step at which they fail' },
  },
  roaming: {
    name: { it: 'passaggi fra access point', en: 'roaming' },
    look: { it: 'passaggi lenti, 802.11r/k/v', en: 'slow roams, 802.11r/k/v' },
  },
  ap_health: {
    name: { it: 'salute degli access point', en: 'access point health' },
    look: { it: 'spegnimenti, riavvii o porta lenta', en: 'outages, reboots or a slow uplink' },
  },
};

export const serviceLevels = ({ limits }: Alerting): readonly AlertRule[] =>
  (Object.keys(levels) as Level[]).map((level): AlertRule => {
    const { name, look } = levels[level];
    return {
      slug: `level-${level.replaceAll('_', '-')}`,
      title: {
        it: `Livello di servizio sotto l’obiettivo: ${name.it}`,
        en: `Service level under target: ${name.en}`,
      },
      summary: {
        it: `[[device]] (zona [[zone]]): ${name.it} al [[value]] % nell’ultima ora. Cercare: ${look.it}.`,
        en: `[[device]] (zone [[zone]]): ${name.en} at [[value]] % in the last hour. Look for: ${look.en}.`,
      },
      team: 'it',
      severity: 'warning',
      query: ask.levelOfEachAccessPoint(level),
      // The quarter hours that have ended, four of them.
      looksBackS: hourS + 900,
      fires: { when: 'below', limit: limits.service_level_pct },
      holds: '15m',
      noData: 'OK',
      panel: { board: 'wifi-quality', key: 'service-causes' },
    };
  });

/** @param busyPct share of the channel's time from which the site file calls it full */
export const channelUtilization = (busyPct: number): AlertRule => ({
  slug: 'channel-utilization',
  title: { it: 'Canale Wi-Fi saturo', en: 'Wi-Fi channel full' },
  summary: {
    it: '[[device]], [[band]] GHz (zona [[zone]]): canale occupato al [[value]] %. Cambiare canale o spostare utenti.',
    en: '[[device]], [[band]] GHz (zone [[zone]]): channel busy [[value]] %. Change the channel or move clients.',
  },
  team: 'it',
  severity: 'warning',
  query: ask.channelOfEachRadio(),
  looksBackS: 900,
  fires: { when: 'above', limit: busyPct },
  holds: '15m',
  noData: 'OK',
  panel: { board: 'wifi-quality', key: 'channel-use' },
});

export const internet = ({ limits }: Alerting): readonly AlertRule[] => [
  {
    slug: 'internet-loss',
    title: { it: 'Internet perde pacchetti', en: 'Internet loses packets' },
    summary: {
      it: 'Le sonde perdono il [[value]] % delle prove verso Internet: se tutte, chiamare il fornitore della linea.',
      en: 'The probes lose [[value]] % of their tries towards the internet: if all do, call the line’s provider.',
    },
    team: 'it',
    severity: 'critical',
    query: ask.lossOfInternet(),
    looksBackS: 300,
    fires: { when: 'above', limit: limits.loss_pct },
    holds: '5m',
    // Probes that say nothing at all are as bad as probes that lose everything.
    noData: 'Alerting',
    panel: { board: 'wifi-quality', key: 'loss-trend' },
  },
  {
    slug: 'internet-latency',
    title: { it: 'Internet lenta', en: 'Internet slow' },
    summary: {
      it: 'Metà delle risposte da Internet impiega più di [[value]] ms: verificare il carico della linea.',
      en: 'Half of the answers of the internet take longer than [[value]] ms: check the load of the line.',
    },
    team: 'it',
    severity: 'warning',
    query: ask.latencyOfInternet(),
    looksBackS: 600,
    fires: { when: 'above', limit: limits.latency_ms },
    holds: '10m',
    noData: 'OK',
    panel: { board: 'wifi-quality', key: 'latency-trend' },
  },
];

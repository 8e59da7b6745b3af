import { wifiLevels } from '../model/rollup/wifi.ts';
import { defineKpis, type KpiDefinition } from './kpi.ts';
import type { WifiLevel } from './parts.ts';

const level = (name: WifiLevel, it: string, en: string): KpiDefinition => ({
  unit: '1',
  description: { it, en },
  reads: name === 'ap_health' ? ['access_point'] : ['radio'],
  parts: ['wifi'],
  by: name === 'ap_health' ? ['zone', 'device'] : ['zone', 'device', 'band'],
  rows: { cause: ['good', ...wifiLevels[name]] },
  people: false,
});

/** How good the Wi-Fi and its way to the internet are. */
export const wifiKpis = defineKpis({
  wifi_coverage: level(
    'coverage',
    'Minuti utente con segnale sufficiente.',
    'Share of user-minutes with enough signal.',
  ),
  wifi_capacity: level(
    'capacity',
    'Minuti utente su un canale non saturo.',
    'Share of user-minutes on a radio with room.',
  ),
  wifi_throughput: level(
    'throughput',
    'Minuti utente con velocità stimata sufficiente.',
    'Share of user-minutes with enough estimated rate.',
  ),
  wifi_time_to_connect: level(
    'time_to_connect',
    'Minuti utente con connessione rapida.',
    'Share of user-minutes with quick connections.',
  ),
  wifi_successful_connects: level(
    'successful_connects',
    'Quota di connessioni riuscite.',
    'Share of connections that were completed.',
  ),
  wifi_roaming: level('roaming', 'Quota di passaggi rapidi.', 'Share of roams that were quick.'),
  wifi_ap_health: level(
    'ap_health',
    'Quota di tempo con punto di accesso in salute.',
    'Share of time in which the access point is well.',
  ),
  probe_latency: {
    unit: 'ms',
    description: {
      it: 'Tempo di risposta di internet: media, 95º percentile e variazione.',
      en: 'Round-trip time to the internet: mean, 95th percentile and jitter.',
    },
    reads: ['probe'],
    parts: ['probe'],
    by: ['zone', 'device'],
    rows: { statistic: ['mean', 'p95', 'jitter'] },
    people: false,
  },
  probe_loss: {
    unit: '%',
    description: { it: 'Quota di risposte perse.', en: 'Share of probes without an answer.' },
    reads: ['probe'],
    parts: ['probe'],
    by: ['zone', 'device'],
    people: false,
  },
});

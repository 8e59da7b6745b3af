import * as accessPoint from '../queries/access-point.ts';
import { same, type Text } from '../text.ts';
import type { SeriesPanel, StatPanel, TablePanel } from './panel.ts';
import { above, below, informative } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dagli access point scelti nel periodo',
  en: 'No data from the chosen access points in this range',
};
const eachAccessPoint = same('[[tag_device]]');

export const clientsTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'clients-trend',
  title: { it: 'Utenti per access point', en: 'Clients by access point' },
  description: {
    it:
      'Utenti collegati a ogni access point, uno sull’altro: il bordo superiore è il totale. Se un access point ne ' +
      'tiene più della metà, gli altri sono spenti, lontani o con potenza troppo bassa.',
    en:
      'Clients of each access point, one on top of the other: the upper edge is the total. If one access point holds ' +
      'more than half, the others are off, too far or too weak.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.clientsByAccessPoint(), name: eachAccessPoint }],
  thresholds: informative,
  minInterval: '2m',
  stacked: true,
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const failedShare: StatPanel = {
  kind: 'stat',
  key: 'failed-connects',
  title: { it: 'Connessioni fallite', en: 'Failed connections' },
  description: {
    it:
      'Tentativi di collegamento non riusciti nel periodo scelto, sul totale. Dal 5 % le persone se ne accorgono: il ' +
      'grafico accanto dice in quale passaggio (associazione, autenticazione, DHCP, DNS) si fermano.',
    en:
      'Attempts to connect that failed in the chosen range, of all attempts. From 5 % on people notice: the chart ' +
      'beside it tells at which step (association, authorisation, DHCP, DNS) they stop.',
  },
  noValue: nothing,
  targets: [{ query: accessPoint.failedConnectsShare(), name: { it: 'Fallite', en: 'Failed' } }],
  thresholds: above(2, 5),
  minInterval: '5m',
  decimals: 1,
  min: 0,
  max: 100,
};

const failed = (cause: accessPoint.ConnectFailure, name: Text) => ({
  query: accessPoint.failedConnects(cause),
  name,
});

export const failures: SeriesPanel = {
  kind: 'timeseries',
  key: 'connect-failures',
  title: { it: 'Connessioni fallite, per causa', en: 'Failed connections, by cause' },
  description: {
    it:
      'Dove si fermano i tentativi. Associazione: segnale o radio piena. Autenticazione: credenziali o server RADIUS. ' +
      'DHCP: indirizzi esauriti o VLAN errata. DNS: server dei nomi irraggiungibile.',
    en:
      'Where attempts stop. Association: signal or a full radio. Authorisation: credentials or the RADIUS server. ' +
      'DHCP: no addresses left or the wrong VLAN. DNS: name server out of reach.',
  },
  noValue: nothing,
  targets: [
    failed('connect_failures_association', { it: 'Associazione', en: 'Association' }),
    failed('connect_failures_authorization', { it: 'Autenticazione', en: 'Authorisation' }),
    failed('connect_failures_dhcp', same('DHCP')),
    failed('connect_failures_dns', same('DNS')),
  ],
  thresholds: informative,
  minInterval: '15m',
  draw: 'bars',
  stacked: true,
  legend: ['sum', 'max'],
  decimals: 0,
  min: 0,
};

export const throughput: SeriesPanel = {
  kind: 'timeseries',
  key: 'throughput',
  title: {
    it: 'Traffico per access point, verso gli utenti',
    en: 'Traffic by access point, towards clients',
  },
  description: {
    it:
      'Banda consegnata agli utenti da ogni access point. Se resta piatta al massimo per ore, il collegamento o la ' +
      'linea è il collo di bottiglia; se è bassa con molti utenti e canale carico, il limite è la radio.',
    en:
      'Rate that each access point delivers to its clients. If it stays flat at its top for hours, the uplink or the ' +
      'line is the bottleneck; if it is low with many clients and a busy channel, the radio is.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.throughputByAccessPoint('tx_bytes'), name: eachAccessPoint }],
  thresholds: informative,
  minInterval: '2m',
  stacked: true,
  legend: ['lastNotNull', 'mean', 'max'],
  min: 0,
};

export const upload: SeriesPanel = {
  ...throughput,
  key: 'upload',
  title: { it: 'Traffico per access point, dagli utenti', en: 'Traffic by access point, from clients' },
  description: {
    it:
      'Banda ricevuta dagli utenti. Un access point che riceve molto più degli altri per ore di solito serve un ' +
      'dispositivo che carica copie o video: valutare un limite per utente.',
    en:
      'Rate received from clients. An access point that receives far more than the others for hours usually serves a ' +
      'device that uploads backups or video: consider a limit for each client.',
  },
  targets: [{ query: accessPoint.throughputByAccessPoint('rx_bytes'), name: eachAccessPoint }],
};

export const weakClients: SeriesPanel = {
  kind: 'timeseries',
  key: 'weak-clients',
  title: { it: 'Utenti con segnale debole', en: 'Clients with a weak signal' },
  description: {
    it:
      'Quota di utenti ricevuti sotto −72 dBm. Dal 25 % in una zona la copertura non basta: riorientare le antenne o ' +
      'aggiungere un access point; se sono pochi e fermi, sono dispositivi fuori dall’area.',
    en:
      'Share of clients heard below −72 dBm. From 25 % in a zone on coverage is too thin: turn the antennas or add an ' +
      'access point; if they are few and do not move, they are devices outside the area.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.weakClientsByAccessPoint(), name: eachAccessPoint }],
  thresholds: above(10, 25),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
  max: 100,
};

export const slowRoams: SeriesPanel = {
  kind: 'timeseries',
  key: 'slow-roams',
  title: { it: 'Passaggi lenti fra access point', en: 'Slow roams' },
  description: {
    it:
      'Quota di passaggi da un access point all’altro durati troppo. Dal 10 % le chiamate in movimento si ' +
      'interrompono: verificare che 802.11r sia attivo e che le celle si sovrappongano.',
    en:
      'Share of roams from one access point to another that took too long. From 10 % on calls break while walking: ' +
      'check that 802.11r is on and that cells overlap.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.slowRoamsByAccessPoint(), name: eachAccessPoint }],
  thresholds: above(5, 10),
  minInterval: '15m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
  max: 100,
};

export const accessPointTable: TablePanel = {
  kind: 'table',
  key: 'access-point-table',
  title: { it: 'Stato degli access point', en: 'State of the access points' },
  description: {
    it:
      'Ultimo stato di ogni access point. CPU o memoria oltre il 90 %: riavviare fuori orario e aggiornare il firmware. ' +
      'Collegamento sotto 1 Gbit/s: cavo o porta dello switch. Acceso da poco senza motivo: alimentazione instabile.',
    en:
      'Last state of each access point. CPU or memory above 90 %: restart after hours and update the firmware. Uplink ' +
      'below 1 Gbit/s: cable or switch port. Up for a short time without reason: unstable power.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.accessPointTable() }],
  thresholds: informative,
  minInterval: '2m',
  recent: '10m',
  columns: {
    device: { title: { it: 'Access point', en: 'Access point' } },
    clients: { title: { it: 'Utenti', en: 'Clients' }, thresholds: above(60, 90) },
    cpu: { title: { it: 'CPU', en: 'CPU' }, thresholds: above(75, 90), decimals: 0 },
    memory: { title: { it: 'Memoria', en: 'Memory' }, thresholds: above(75, 90), decimals: 0 },
    uplink: { title: { it: 'Collegamento', en: 'Uplink' }, thresholds: below(1000, 100) },
    uptime: { title: { it: 'Acceso da', en: 'Up for' }, thresholds: below(86_400, 3_600), decimals: 0 },
  },
  sortBy: { column: 'clients', descending: true },
};

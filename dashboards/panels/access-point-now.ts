import type { Site } from '../../model/site.ts';
import * as accessPoint from '../queries/access-point.ts';
import * as probe from '../queries/probe.ts';
import type { StatPanel } from './panel.ts';
import { above, below, informative } from './threshold.ts';

const now = '10m';
const silent = {
  it: 'Nessun access point ha risposto negli ultimi 10 minuti',
  en: 'No access point has reported in the last 10 minutes',
};
const probesSilent = {
  it: 'Nessuna sonda ha risposto negli ultimi 10 minuti',
  en: 'No probe has reported in the last 10 minutes',
};

/** The service level of capacity: good below 70 % of the channel's time and 30 clients a radio. */
export const channelTarget = above(50, 70);
export const radioClientsTarget = above(20, 30);
export const latencyTarget = above(50, 100);
export const lossTarget = above(1, 3);

export const accessPointsHeard = ({ access_points: accessPoints }: Site): StatPanel => ({
  kind: 'stat',
  key: 'access-points-heard',
  title: { it: 'Access point attivi', en: 'Access points reporting' },
  description: {
    it:
      `Access point che hanno risposto negli ultimi 10 minuti in tutta la sede, su ${accessPoints.length} installati. ` +
      'Se ne manca uno, aprire «Access point»: verificare alimentazione PoE e porta dello switch; gli utenti della ' +
      'zona si appoggiano a quelli vicini, che si caricano.',
    en:
      `Access points that have reported in the last 10 minutes on the whole site, of ${accessPoints.length} installed. ` +
      'If one is missing, open “Access points”: check its PoE supply and switch port; the users of its zone load its ' +
      'neighbours.',
  },
  noValue: silent,
  targets: [{ query: accessPoint.accessPointsHeard(), name: { it: 'Attivi', en: 'Reporting' } }],
  thresholds: below(accessPoints.length, Math.max(1, accessPoints.length - 1)),
  minInterval: '2m',
  recent: now,
  min: 0,
});

export const clientsNow: StatPanel = {
  kind: 'stat',
  key: 'clients-now',
  title: { it: 'Utenti collegati', en: 'Clients connected' },
  description: {
    it:
      'Dispositivi collegati in questo momento agli access point scelti: un conteggio, mai identità. Zero in pieno ' +
      'orario di apertura significa che l’accesso non funziona, anche se gli access point rispondono.',
    en:
      'Devices connected at this moment to the chosen access points: a count, never identities. Zero in opening hours ' +
      'means that nobody can get in, even though the access points report.',
  },
  noValue: silent,
  targets: [{ query: accessPoint.clientsNow(), name: { it: 'Utenti', en: 'Clients' } }],
  thresholds: informative,
  minInterval: '2m',
  recent: now,
  min: 0,
};

export const busiestChannel: StatPanel = {
  kind: 'stat',
  key: 'busiest-channel',
  title: { it: 'Canale più carico', en: 'Busiest channel' },
  description: {
    it:
      'Quota di tempo in cui è occupato il canale della radio peggiore. Dal 70 % gli utenti aspettano: cambiare ' +
      'canale, ridurne la larghezza o spostare utenti sui 5 e 6 GHz.',
    en:
      'Share of time in which the channel of the worst radio is busy. From 70 % on users wait: change the channel, ' +
      'make it narrower or move users to 5 and 6 GHz.',
  },
  noValue: silent,
  targets: [
    { query: accessPoint.highestRadioNow('utilization_pct'), name: { it: 'Carico', en: 'Utilisation' } },
  ],
  thresholds: channelTarget,
  minInterval: '2m',
  recent: now,
  decimals: 0,
  min: 0,
  max: 100,
};

export const busiestRadio: StatPanel = {
  kind: 'stat',
  key: 'busiest-radio',
  title: { it: 'Radio più affollata', en: 'Most crowded radio' },
  description: {
    it:
      'Utenti collegati alla radio che ne ha di più. Da 30 in su la banda per utente non basta: bilanciare fra le ' +
      'bande, ridurre la potenza dei 2,4 GHz o aggiungere un access point nella zona.',
    en:
      'Clients on the radio that has most. From 30 on there is too little for each: balance the bands, lower the ' +
      '2.4 GHz power or add an access point to the zone.',
  },
  noValue: silent,
  targets: [{ query: accessPoint.highestRadioNow('clients'), name: { it: 'Utenti', en: 'Clients' } }],
  thresholds: radioClientsTarget,
  minInterval: '2m',
  recent: now,
  min: 0,
};

export const latencyNow: StatPanel = {
  kind: 'stat',
  key: 'latency-now',
  title: { it: 'Latenza Internet', en: 'Internet latency' },
  description: {
    it:
      'Tempo di risposta da Internet che il 95 % delle misure delle sonde non supera, ultimi 10 minuti. Da 100 ms le ' +
      'videochiamate ne soffrono: se è alta da tutte le sonde il problema è la linea, se da una sola è quell’access ' +
      'point.',
    en:
      'Answer time of the internet that 95 % of the probes’ readings stay under, last 10 minutes. From 100 ms on video ' +
      'calls suffer: if all probes see it the line is at fault, if only one does it is that access point.',
  },
  noValue: probesSilent,
  targets: [{ query: probe.latency95(), name: { it: 'Latenza', en: 'Latency' } }],
  thresholds: latencyTarget,
  minInterval: '2m',
  recent: now,
  decimals: 0,
  min: 0,
};

export const lossNow: StatPanel = {
  kind: 'stat',
  key: 'loss-now',
  title: { it: 'Pacchetti persi', en: 'Packet loss' },
  description: {
    it:
      'Quota media di prove senza risposta, ultimi 10 minuti. Dall’1 % le chiamate si sentono male, dal 3 % cadono: ' +
      'confrontare le sonde qui sotto e, se perdono tutte, aprire una segnalazione al fornitore della linea.',
    en:
      'Mean share of probes without an answer, last 10 minutes. From 1 % on calls sound bad, from 3 % on they drop: ' +
      'compare the probes below and, if all of them lose, open a ticket with the line’s provider.',
  },
  noValue: probesSilent,
  targets: [{ query: probe.meanLoss(), name: { it: 'Perdita', en: 'Loss' } }],
  thresholds: lossTarget,
  minInterval: '2m',
  recent: now,
  decimals: 1,
  min: 0,
  max: 100,
};

import * as ask from '../queries/alert.ts';
import type { Alerting } from './configuration.ts';
import type { AlertRule } from './rule.ts';

const board = 'pipeline';

/** How Aperto itself is: for whoever runs it. */
export const pipelineAlerts = ({ limits }: Alerting): readonly AlertRule[] => [
  {
    slug: 'store-lag',
    title: { it: 'I dati arrivano in ritardo o non arrivano', en: 'Data is late or does not come' },
    summary: {
      it: '[[device]]: il messaggio più vecchio attende da [[value]] s. Senza valore: Aperto non scrive da 5 minuti.',
      en: '[[device]]: the oldest message has waited for [[value]] s. Without a value: Aperto has not written for 5 minutes.',
    },
    team: 'operations',
    severity: 'critical',
    query: ask.ofEachIngest('lag_s'),
    looksBackS: 300,
    fires: { when: 'above', limit: limits.store_lag_s },
    holds: '2m',
    // What Aperto says of itself goes the way of all data: where that way is blocked, nothing comes.
    noData: 'Alerting',
    panel: { board, key: 'pipeline-lag' },
  },
  {
    slug: 'spool-filling',
    title: { it: 'La coda su disco si riempie', en: 'Spool filling' },
    summary: {
      it: '[[device]]: coda al [[value]] %. Piena, i messaggi non vengono più accettati: ripristinare il database.',
      en: '[[device]]: spool at [[value]] %. Once it is full no message is taken: bring the store back.',
    },
    team: 'operations',
    severity: 'critical',
    query: ask.ofEachIngest('spool_pct'),
    looksBackS: 600,
    fires: { when: 'above', limit: limits.spool_pct },
    holds: '5m',
    noData: 'OK',
    panel: { board, key: 'pipeline-spool' },
  },
  {
    slug: 'quarantine-rate',
    title: { it: 'Troppi messaggi in quarantena', en: 'Too many messages in quarantine' },
    summary: {
      it: '[[device]]: il [[value]] % dei messaggi va in quarantena. Leggere «aperto quarantine list».',
      en: '[[device]]: [[value]] % of the messages go to quarantine. Read “aperto quarantine list”.',
    },
    team: 'operations',
    severity: 'warning',
    query: ask.quarantineOfEachIngest(),
    looksBackS: 900,
    fires: { when: 'above', limit: limits.quarantine_pct },
    holds: '5m',
    noData: 'OK',
    panel: { board, key: 'pipeline-quarantine' },
  },
];

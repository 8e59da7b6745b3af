import * as pipeline from '../queries/pipeline.ts';
import { same } from '../text.ts';
import type { StatPanel, TablePanel } from './panel.ts';
import { above, informative, within } from './threshold.ts';

const now = '10m';
const silent = {
  it: 'Aperto non ha scritto niente di sé negli ultimi 10 minuti: non è in funzione, o il database non riceve',
  en: 'Aperto has written nothing of itself in the last 10 minutes: it does not run, or the store takes nothing',
};

/** Seconds; the alert `store-lag` calls at the second. */
export const lagTarget = above(60, 120);
export const spoolTarget = above(25, 50);
const quarantineTarget = above(1, 5);

export const lagNow: StatPanel = {
  kind: 'stat',
  key: 'pipeline-lag-now',
  title: { it: 'Ritardo verso il database', en: 'Lag towards the store' },
  description: {
    it:
      'Da quanto attende il messaggio più vecchio non ancora nel database. Dopo due minuti i cruscotti mostrano il ' +
      'passato: leggere il registro di Aperto e verificare il database. Niente va perso: la coda su disco tiene tutto.',
    en:
      'For how long the oldest message has waited for the store. After two minutes the boards show the past: read ' +
      'Aperto’s log and look at the database. Nothing is lost: the spool on disk keeps all of it.',
  },
  noValue: silent,
  targets: [{ query: pipeline.worstNow('lag_s'), name: { it: 'Ritardo', en: 'Lag' } }],
  thresholds: lagTarget,
  minInterval: '2m',
  recent: now,
  decimals: 0,
  min: 0,
};

export const waitingNow: StatPanel = {
  kind: 'stat',
  key: 'pipeline-waiting-now',
  title: { it: 'Messaggi in attesa', en: 'Messages waiting' },
  description: {
    it:
      'Messaggi già al sicuro su disco che aspettano il database. Deve tornare verso zero: se cresce soltanto, il ' +
      'database non tiene il passo o non risponde.',
    en:
      'Messages that are safe on disk and wait for the store. It has to come back towards zero: if it only grows, the ' +
      'database cannot keep up or does not answer.',
  },
  noValue: silent,
  targets: [{ query: pipeline.sumNow('waiting'), name: { it: 'In attesa', en: 'Waiting' } }],
  thresholds: above(10_000, 100_000),
  minInterval: '2m',
  recent: now,
  decimals: 0,
  min: 0,
};

export const spoolNow: StatPanel = {
  kind: 'stat',
  key: 'pipeline-spool-now',
  title: { it: 'Coda su disco', en: 'Spool' },
  description: {
    it:
      'Quota dello spazio della coda già usata. Piena, i messaggi non vengono più accettati e i dispositivi li ' +
      'rimandano: dal 50 % ripristinare il database, o dare più spazio.',
    en:
      'Share of the spool’s room that is taken. Once it is full no message is taken and devices send again: from 50 % ' +
      'on bring the store back, or give it more room.',
  },
  noValue: silent,
  targets: [{ query: pipeline.worstNow('spool_pct'), name: { it: 'Coda', en: 'Spool' } }],
  thresholds: spoolTarget,
  minInterval: '2m',
  recent: now,
  decimals: 1,
  min: 0,
  max: 100,
};

export const imbalanceNow: StatPanel = {
  kind: 'stat',
  key: 'pipeline-imbalance-now',
  title: { it: 'Sbilancio dei conti', en: 'Imbalance of the books' },
  description: {
    it:
      'Messaggi ricevuti di cui i conti non sanno dire la fine. Deve essere 0: ogni altro valore è un difetto di ' +
      'Aperto, da segnalare con il registro.',
    en:
      'Messages that came in and of which the books cannot say what became. It has to be 0: anything else is a fault ' +
      'of Aperto, to be reported with its log.',
  },
  noValue: silent,
  targets: [{ query: pipeline.sumNow('imbalance'), name: { it: 'Sbilancio', en: 'Imbalance' } }],
  thresholds: within(0, 1),
  minInterval: '2m',
  recent: now,
  decimals: 0,
};

export const quarantinedInRange: StatPanel = {
  kind: 'stat',
  key: 'pipeline-quarantined-in-range',
  title: { it: 'Finiti in quarantena', en: 'Went to quarantine' },
  description: {
    it:
      'Quota dei messaggi del periodo che non si è potuta leggere. Sopra l’1 % c’è un dispositivo nuovo o guasto: ' +
      '«aperto quarantine list» dice quale e perché, «replay» li rimette in gioco.',
    en:
      'Share of the range’s messages that could not be read. Above 1 % there is a new or broken device: “aperto ' +
      'quarantine list” says which and why, “replay” puts them back in.',
  },
  noValue: silent,
  targets: [{ query: pipeline.shareInRange('quarantined'), name: { it: 'Quarantena', en: 'Quarantine' } }],
  thresholds: quarantineTarget,
  minInterval: '2m',
  decimals: 2,
  min: 0,
  max: 100,
};

const count = (it: string, en: string) => ({ title: { it, en }, decimals: 0 }) as const;

export const ingestTable: TablePanel = {
  kind: 'table',
  key: 'pipeline-ingests',
  title: { it: 'I conti di ogni processo', en: 'The books of each ingest' },
  description: {
    it:
      'Messaggi dall’apertura dei conti, per processo: ricevuti = nel database + ripetuti + quarantena + rifiutati + in ' +
      'attesa. Chi ha un tempo di attività corto si è riavviato da poco: leggere il suo registro.',
    en:
      'Messages since the books were opened, by ingest: received = stored + repeats + quarantine + refused + waiting. ' +
      'One with a short uptime has just started again: read its log.',
  },
  noValue: silent,
  targets: [{ query: pipeline.ingestTable() }],
  thresholds: informative,
  minInterval: '2m',
  columns: {
    device: { title: { it: 'Processo', en: 'Ingest' } },
    received: count('Ricevuti', 'Received'),
    stored: count('Nel database', 'Stored'),
    duplicate: count('Ripetuti', 'Repeats'),
    quarantined: count('Quarantena', 'Quarantine'),
    refused: count('Rifiutati', 'Refused'),
    waiting: count('In attesa', 'Waiting'),
    imbalance: { ...count('Sbilancio', 'Imbalance'), thresholds: within(0, 1) },
    uptime: { title: { it: 'Attivo da', en: 'Up for' }, decimals: 0 },
  },
  sortBy: { column: 'device', descending: false },
};

/** Name of a line. */
export const eachIngest = same('[[tag_device]]');

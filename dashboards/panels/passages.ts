import * as occupancy from '../queries/occupancy.ts';
import { same } from '../text.ts';
import type { SeriesPanel, StatPanel } from './panel.ts';
import { informative } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dai contapersone nel periodo scelto',
  en: 'No data from the people counters in the chosen range',
};

export const entriesInRange: StatPanel = {
  kind: 'stat',
  key: 'entries-in-range',
  title: { it: 'Ingressi', en: 'Entries' },
  description: {
    it:
      'Persone entrate dai varchi nel periodo scelto. È un conteggio di passaggi, non di persone diverse: chi esce e ' +
      'rientra conta due volte. Da usare per i rendiconti di affluenza.',
    en:
      'People who came in through the gates in the chosen range. It counts passages, not different people: whoever ' +
      'leaves and comes back counts twice. Use it for attendance reports.',
  },
  noValue: nothing,
  targets: [{ query: occupancy.passagesInRange('in_total'), name: { it: 'Ingressi', en: 'Entries' } }],
  thresholds: informative,
  minInterval: '5m',
  decimals: 0,
  min: 0,
};

export const passagesOverTime: SeriesPanel = {
  kind: 'timeseries',
  key: 'passages',
  title: { it: 'Ingressi e uscite', en: 'Entries and exits' },
  description: {
    it:
      'Persone entrate e uscite, una barra all’ora (di più su periodi lunghi). Le ore di punta dicono quando serve ' +
      'il personale di accoglienza; se a fine giornata le due somme differiscono di oltre il 10 %, un contapersone ' +
      'va tarato.',
    en:
      'People who came in and went out, a bar an hour (longer on long ranges). The busiest hours tell when staff is ' +
      'needed at the entrance; if the two totals of a day differ by more than 10 %, a counter needs calibration.',
  },
  noValue: nothing,
  targets: [
    { query: occupancy.passages('in_total'), name: { it: 'Ingressi', en: 'Entries' } },
    { query: occupancy.passages('out_total'), name: { it: 'Uscite', en: 'Exits' } },
  ],
  thresholds: informative,
  minInterval: '1h',
  draw: 'bars',
  legend: ['sum', 'max'],
  decimals: 0,
  min: 0,
};

export const entriesByCounter: SeriesPanel = {
  kind: 'timeseries',
  key: 'entries-by-counter',
  title: { it: 'Ingressi per varco', en: 'Entries by gate' },
  description: {
    it:
      'Da quale varco entra la gente, una barra all’ora. Un varco fermo a zero mentre gli altri contano è un ' +
      'contapersone coperto o scollegato.',
    en:
      'Through which gate people come in, a bar an hour. A gate at zero while the others count is a counter that is ' +
      'covered or disconnected.',
  },
  noValue: nothing,
  targets: [{ query: occupancy.entriesByCounter(), name: same('[[tag_device]]') }],
  thresholds: informative,
  minInterval: '1h',
  draw: 'bars',
  stacked: true,
  legend: ['sum', 'max'],
  decimals: 0,
  min: 0,
};

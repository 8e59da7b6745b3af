import { defineKpis } from './kpi.ts';

/** How places are used. */
export const occupancyKpis = defineKpis({
  time_occupancy: {
    unit: '1',
    description: {
      it: 'Quota di tempo occupato sul tempo in cui lo stato dei posti è noto.',
      en: 'Occupied share of the time in which the state of the seats is known.',
    },
    reads: ['occupancy'],
    parts: ['seat'],
    by: ['zone', 'seat'],
    people: true,
  },
  people_present: {
    unit: 'persons',
    description: {
      it: 'Persone presenti: media nel tempo e massimo.',
      en: 'People present: mean over time and peak.',
    },
    reads: ['occupancy'],
    parts: ['presence', 'seat'],
    by: ['zone', 'seat'],
    rows: { source: ['seats', 'counters'], statistic: ['mean', 'peak'] },
    people: true,
  },
  utilisation: {
    unit: '1',
    description: {
      it: 'Persone presenti sulla capienza: media nel tempo e massimo.',
      en: 'People present over capacity: mean over time and peak.',
    },
    reads: ['occupancy'],
    parts: ['presence', 'seat'],
    by: ['zone', 'seat'],
    rows: { source: ['seats', 'counters'], statistic: ['mean', 'peak'] },
    people: true,
  },
  sessions: {
    unit: '1',
    description: { it: 'Sedute iniziate.', en: 'Sessions that began.' },
    reads: ['occupancy'],
    parts: ['seat', 'session'],
    by: ['zone', 'seat'],
    people: true,
  },
  dwell: {
    unit: 'min',
    description: {
      it: 'Durata delle sedute: mediana, media e 90º percentile.',
      en: 'Length of sessions: median, mean and 90th percentile.',
    },
    reads: ['occupancy'],
    parts: ['seat', 'session'],
    by: ['zone', 'seat'],
    rows: { statistic: ['median', 'mean', 'p90'] },
    from: 'quarter',
    people: true,
  },
  turnover: {
    unit: '1/d',
    description: { it: 'Sedute per posto al giorno.', en: 'Sessions per seat and day.' },
    reads: ['occupancy'],
    parts: ['seat', 'session'],
    by: ['zone', 'seat'],
    people: true,
  },
  busiest: {
    unit: '1',
    description: {
      it: "Quota di tempo occupato per ora e giorno della settimana, l'ora e il giorno più pieni.",
      en: 'Occupied share of time by hour and weekday, the busiest hour and day.',
    },
    reads: ['occupancy'],
    parts: ['seat'],
    by: ['zone', 'seat'],
    rows: { statistic: ['hour', 'weekday', 'cell', 'busiest_hour', 'busiest_weekday'] },
    from: 'hour',
    people: true,
  },
  minimum_surplus: {
    unit: '1',
    description: {
      it: 'Minor numero di posti liberi nello stesso momento.',
      en: 'Fewest seats free at one time.',
    },
    reads: ['occupancy'],
    parts: ['presence'],
    by: ['zone'],
    people: true,
  },
  time_in_target: {
    unit: '1',
    description: {
      it: 'Quota di tempo sotto, entro e oltre il riempimento desiderato.',
      en: 'Share of time under, in and over the wanted use of the capacity.',
    },
    reads: ['occupancy'],
    parts: ['presence'],
    by: ['zone'],
    rows: { source: ['seats', 'counters'], state: ['under', 'in', 'crowded', 'over'] },
    people: true,
  },
  counter_drift: {
    unit: 'persons',
    description: {
      it: "Persone che i contapersone avevano ancora all'ora di azzeramento: la correzione fatta.",
      en: 'People whom the counters still had at the reset hour: the correction made.',
    },
    reads: ['occupancy'],
    parts: ['gate'],
    by: [],
    from: 'quarter',
    people: true,
  },
});

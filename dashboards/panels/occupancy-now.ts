import type { Site } from '../../model/site.ts';
import * as occupancy from '../queries/occupancy.ts';
import { same } from '../text.ts';
import type { BarGaugePanel, StatPanel } from './panel.ts';
import { above, below } from './threshold.ts';

/** Under 60 % a place has room to spare, from 85 % on it is overcrowded (docs: the project's KPI targets). */
export const seatTarget = above(60, 85);

/** Silence of a seat beyond this is no longer "now". */
const now = '10m';
const silent = {
  it: 'Nessun sensore ha risposto negli ultimi 10 minuti',
  en: 'No sensor has reported in the last 10 minutes',
};

export const occupancyNow: StatPanel = {
  kind: 'stat',
  key: 'occupancy-now',
  title: { it: 'Posti occupati adesso', en: 'Seats taken now' },
  description: {
    it:
      'Quota di posti occupati in questo momento, fra quelli il cui sensore ha risposto negli ultimi 10 minuti: ' +
      'un sensore muto non vale come posto libero. Sopra l’85 % i posti non bastano: indirizzare chi arriva verso ' +
      'le zone più libere e, se si ripete, aggiungere tavoli.',
    en:
      'Share of seats taken at this moment, among those whose sensor has reported in the last 10 minutes: a silent ' +
      'sensor is not a free seat. Above 85 % there are too few seats: send newcomers to the emptier zones and, if it ' +
      'happens often, add tables.',
  },
  noValue: silent,
  targets: [{ query: occupancy.occupancyNow(), name: { it: 'Occupati', en: 'Taken' } }],
  thresholds: seatTarget,
  minInterval: '2m',
  recent: now,
  decimals: 0,
  min: 0,
  max: 100,
};

export const freeSeatsNow: StatPanel = {
  kind: 'stat',
  key: 'free-seats-now',
  title: { it: 'Posti liberi adesso', en: 'Free seats now' },
  description: {
    it:
      'Posti liberi in questo momento nelle zone scelte. Con meno di 5 posti conviene avvisare chi gestisce le ' +
      'prenotazioni; a zero chi arriva resta in piedi.',
    en:
      'Seats free at this moment in the chosen zones. With fewer than 5 left tell whoever handles the bookings; at ' +
      'zero newcomers are left standing.',
  },
  noValue: silent,
  targets: [{ query: occupancy.freeSeatsNow(), name: { it: 'Liberi', en: 'Free' } }],
  thresholds: below(5, 1),
  minInterval: '2m',
  recent: now,
  min: 0,
};

export const seatsHeard = ({ seats }: Site): StatPanel => ({
  kind: 'stat',
  key: 'seats-heard',
  title: { it: 'Sensori attivi', en: 'Sensors reporting' },
  description: {
    it:
      `Sensori che hanno risposto negli ultimi 10 minuti in tutta la sede, su ${seats.length} installati (la scelta ` +
      'di zona e posto non conta). Se ne mancano, aprire «Posto per posto»: la tabella mostra per primi quelli muti ' +
      'da più tempo. Di solito è la batteria o la copertura radio.',
    en:
      `Sensors that have reported in the last 10 minutes on the whole site, of ${seats.length} installed (the chosen ` +
      'zone and seat do not matter). If some are missing, open “Seat by seat”: its table lists those silent for ' +
      'longest first. Usually it is the battery or the radio link.',
  },
  noValue: silent,
  targets: [{ query: occupancy.seatsHeard(), name: { it: 'Attivi', en: 'Reporting' } }],
  thresholds: below(Math.ceil(seats.length * 0.95), Math.ceil(seats.length * 0.8)),
  minInterval: '2m',
  recent: now,
  min: 0,
});

export const peopleNow = ({ zones }: Site): StatPanel => {
  const capacity = zones.reduce((sum, zone) => sum + zone.capacity, 0);
  return {
    kind: 'stat',
    key: 'people-now',
    title: { it: 'Persone presenti', en: 'People present' },
    description: {
      it:
        `Persone viste in questo momento dai contapersone in tutta la sede; la capienza è di ${capacity} persone ` +
        '(la scelta di zona e posto non conta). Oltre l’85 % della capienza presidiare gli accessi, oltre il 100 % ' +
        'fermare gli ingressi.',
      en:
        `People whom the counters see at this moment on the whole site; it is meant for ${capacity} people (the ` +
        'chosen zone and seat do not matter). Above 85 % of that watch the gates, above 100 % stop letting people in.',
    },
    noValue: {
      it: 'Nessun contapersone ha risposto negli ultimi 10 minuti',
      en: 'No people counter has reported in the last 10 minutes',
    },
    targets: [{ query: occupancy.peopleNow(), name: { it: 'Presenti', en: 'Present' } }],
    thresholds: above(Math.ceil(capacity * 0.85), capacity),
    minInterval: '2m',
    recent: now,
    decimals: 0,
    min: 0,
  };
};

export const occupancyNowByZone: BarGaugePanel = {
  kind: 'bargauge',
  key: 'occupancy-now-by-zone',
  title: { it: 'Occupazione per zona adesso', en: 'Seats taken by zone now' },
  description: {
    it:
      'Quota di posti occupati in ogni zona in questo momento. Una zona piena accanto a una vuota si corregge con ' +
      'la segnaletica; più zone sopra l’85 % vogliono dire che mancano posti.',
    en:
      'Share of seats taken in each zone at this moment. One full zone beside an empty one is a matter of signs; ' +
      'several above 85 % mean that there are too few seats.',
  },
  noValue: silent,
  targets: [{ query: occupancy.occupancyNowByZone(), name: same('[[tag_zone]]') }],
  thresholds: seatTarget,
  minInterval: '2m',
  recent: now,
  decimals: 0,
  min: 0,
  max: 100,
};

import type { Site } from '../../model/site.ts';
import * as ask from '../queries/alert.ts';
import type { Alerting } from './configuration.ts';
import type { AlertRule } from './rule.ts';

export const overCapacity = ({ zones }: Site): AlertRule => {
  const capacity = zones.reduce((sum, zone) => sum + zone.capacity, 0);
  return {
    slug: 'over-capacity',
    title: { it: 'Troppe persone', en: 'Over capacity' },
    summary: {
      it: `Più di ${capacity} persone contate negli ultimi 15 minuti: regolare gli ingressi.`,
      en: `More than ${capacity} people counted in the last 15 minutes: hold people back at the gates.`,
    },
    team: 'facilities',
    severity: 'critical',
    query: ask.timeOverCapacity(),
    looksBackS: 900,
    // A minute over it may be a count that the next passage mends.
    fires: { when: 'above', limit: 120_000 },
    holds: '1m',
    noData: 'OK',
    panel: { board: 'place-use', key: 'people-now' },
  };
};

export const overContract = (contractedW: number, { meters }: Site): AlertRule => ({
  slug: 'over-contracted-power',
  title: { it: 'Potenza oltre il contratto', en: 'Over contracted power' },
  summary: {
    it: `Media di 15 minuti a [[value]] W su ${contractedW} W di contratto: staccare carichi, o l’interruttore scatta.`,
    en: `15-minute mean at [[value]] W of ${contractedW} W contracted: shed load, or the breaker trips.`,
  },
  team: 'administration',
  severity: 'critical',
  query: ask.meanSupply(),
  bindings: { feed: meters.filter(({ role }) => role === 'feed').map(({ id }) => id) },
  looksBackS: 900,
  fires: { when: 'above', limit: contractedW },
  holds: '1m',
  noData: 'OK',
  panel: { board: 'energy', key: 'contract-share-now' },
});

export const nightBaseLoad = ({ limits }: Alerting, { meters }: Site): AlertRule => ({
  slug: 'night-base-load',
  title: { it: 'Consumo notturno troppo alto', en: 'Night base load too high' },
  summary: {
    it: 'Nell’ora più quieta dell’ultimo giorno si prelevavano [[value]] W: cercare che cosa è rimasto acceso.',
    en: 'In the quietest hour of the last day [[value]] W were taken: look for what was left on.',
  },
  team: 'administration',
  severity: 'warning',
  query: ask.quietestHour(),
  bindings: { circuit: meters.filter(({ role }) => role === 'circuit').map(({ id }) => id) },
  looksBackS: 86_400,
  fires: { when: 'above', limit: limits.night_base_load_w },
  holds: '1h',
  noData: 'OK',
  panel: { board: 'energy', key: 'base-load' },
});

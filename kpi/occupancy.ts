import { type Evidence, knownOf, knownTogether, merged, row, share, type Timed } from './evidence.ts';
import type { Figure } from './figure.ts';
import { hoursOf, type LocalTime } from './local-time.ts';
import { quantile } from './quantile.ts';
import { dwellsOf } from './session.ts';

/** Occupied ÷ valid time. */
export const timeOccupancy = (evidence: Evidence): readonly Figure[] => {
  const { valid_ms, occupied_ms } = merged('seat', evidence.rows.seat);
  const known = knownOf(valid_ms, evidence, 'seat');
  return [row('time_occupancy', evidence, known, share(occupied_ms, valid_ms, 'no_data'))];
};

/** People present: the mean over time and the peak, by seats and, for the site, by counters. */
export const peoplePresent = (evidence: Evidence): readonly Figure[] => people('people_present', evidence, 1);

/** People present over capacity. */
export const utilisation = (evidence: Evidence): readonly Figure[] =>
  people('utilisation', evidence, evidence.capacity);

type PeopleKpi = 'people_present' | 'utilisation';

const people = (kpi: PeopleKpi, evidence: Evidence, capacity: number): readonly Figure[] => [
  ...bySeats(kpi, evidence, capacity),
  ...byCounters(kpi, evidence, capacity),
];

/** Silent seats are taken to be used as the others are: mean people of a known seat, times seats. */
const bySeats = (kpi: PeopleKpi, evidence: Evidence, capacity: number): readonly Figure[] => {
  const { devices, by } = evidence;
  const { seat: seats = 0 } = devices;
  if (seats === 0) return [];
  const { valid_ms, people_ms, people_peak } = merged('seat', evidence.rows.seat);
  const together = merged('presence', presenceOf(evidence, 'seats'));
  const known = knownOf(valid_ms, evidence, 'seat');
  const mean = share((people_ms ?? 0) * seats, (valid_ms ?? 0) * capacity, 'no_data');
  const alone = by.seat !== undefined;
  const peak = alone ? people_peak : together.people_peak;
  return [
    row(kpi, evidence, known, mean, { by: { source: 'seats', statistic: 'mean' } }),
    row(
      kpi,
      evidence,
      alone ? known : knownTogether(together.known_ms, evidence),
      share(peak, peak === undefined ? 0 : capacity, 'no_data'),
      { by: { source: 'seats', statistic: 'peak' } },
    ),
  ];
};

const byCounters = (kpi: PeopleKpi, evidence: Evidence, capacity: number): readonly Figure[] => {
  const { devices, by } = evidence;
  if ((devices.counter ?? 0) === 0 || by.zone !== undefined || by.seat !== undefined) return [];
  const { known_ms, people_ms, people_peak } = merged('presence', presenceOf(evidence, 'counters'));
  const known = knownTogether(known_ms, evidence);
  const mean = share(people_ms, (known_ms ?? 0) * capacity, 'no_data');
  const peak = share(people_peak, people_peak === undefined ? 0 : capacity, 'no_data');
  return [
    row(kpi, evidence, known, mean, { by: { source: 'counters', statistic: 'mean' } }),
    row(kpi, evidence, known, peak, { by: { source: 'counters', statistic: 'peak' } }),
  ];
};

export const presenceOf = ({ rows }: Evidence, source: 'seats' | 'counters'): readonly Timed<'presence'>[] =>
  (rows.presence ?? []).filter((timed) => timed.source === source);

/** Sessions that began. */
export const sessions = (evidence: Evidence): readonly Figure[] => [
  row('sessions', evidence, seatsKnown(evidence), merged('session', evidence.rows.session).sessions ?? 0),
];

/** Length of the sessions that began: median, mean and 90th percentile, in minutes. */
export const dwell = (evidence: Evidence): readonly Figure[] => {
  const parts = (evidence.rows.session ?? []).map(({ part }) => part);
  const dwells = dwellsOf(parts);
  const known = seatsKnown(evidence);
  const mean = share(
    dwells.reduce((sum, ms) => sum + ms, 0),
    dwells.length,
    'no_sessions',
  );
  const statistics = { median: quantile(dwells, 0.5), mean, p90: quantile(dwells, 0.9) };
  return Object.entries(statistics).map(([statistic, ms = 'no_sessions']) =>
    row('dwell', evidence, known, typeof ms === 'number' ? ms / 60_000 : ms, { by: { statistic } }),
  );
};

/** Sessions that began, for each seat and local day. */
export const turnover = (evidence: Evidence): readonly Figure[] => {
  const { window, local, devices } = evidence;
  const seatDays = (devices.seat ?? 0) * daysOf(window, local);
  const began = merged('session', evidence.rows.session).sessions ?? 0;
  return [row('turnover', evidence, seatsKnown(evidence), share(began, seatDays, 'not_measured'))];
};

/** Local days in a window, each counting as one whatever its length. */
export const daysOf = (window: Evidence['window'], local: LocalTime): number =>
  local.daysOf(window).reduce((days, day) => {
    const inside = { from: Math.max(day.from, window.from), to: Math.min(day.to, window.to) };
    return days + hoursOf(inside) / hoursOf(day);
  }, 0);

const seatsKnown = (evidence: Evidence) =>
  knownOf(merged('seat', evidence.rows.seat).valid_ms, evidence, 'seat');

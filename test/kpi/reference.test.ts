import { expect, test } from 'vitest';
import type { Window } from '../../kpi/figure.ts';
import type { KpiId } from '../../kpi/kpis.ts';
import { differences, groupEvidence, kpiIds, ourTable } from './compare.ts';
import { mainOf, rowsOf, Told } from './ours.ts';
import { pointsOf, smallStreet as site } from './points.ts';
import { clockOf, midnight } from './reference/clock.ts';
import { meterFigures } from './reference/energy.ts';
import {
  busiestFigures,
  counterFigures,
  seatFigures,
  sessionsOf,
  type Table,
} from './reference/occupancy.ts';
import { integrate, knownMs, Series } from './reference/raw.ts';
import { apFigures, probeFigures, radioFigures } from './reference/wifi.ts';

/** The night in which clocks change and the day after; a month and some of its days where one is asked for. */
const isMonth = process.env.KPI_MONTH !== undefined;
const dates = isMonth
  ? Array.from({ length: 31 }, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`)
  : ['2026-03-29', '2026-03-30'];
const marginMs = 26 * 3_600_000;
const first = midnight(dates[0] ?? '');
const last = midnight(dates.at(-1) ?? '') + 24 * 3_600_000;
const all = { from: first - marginMs, to: last + 3 * 3_600_000 };
const points = [...pointsOf(site, all.from, all.to, 7)];
const told = new Told(points);
const rows = rowsOf(site, told, { from: first - 24 * 3_600_000, to: last });

const seriesOf = (id: string, measurement?: string, own?: string): Series => {
  const kind = site.devices.get(id)?.kind ?? 'seat';
  const silenceMs = site.max_silence_s[kind] * 1000;
  return new Series(
    told.of(measurement ?? mainOf(kind), id, own ?? (kind === 'meter' ? 'total' : '')),
    silenceMs,
  );
};
const seats = site.seats.map(({ id, zone }) => {
  const series = seriesOf(id);
  return { id, zone, series, sessions: sessionsOf(series, all) };
});

const windows: readonly (readonly [string, Window])[] = [
  ...dates
    .map((date, index): [string, Window] => [
      date,
      { from: midnight(date), to: index + 1 < dates.length ? midnight(dates[index + 1] ?? '') : last },
    ])
    .filter(([date]) => !isMonth || /-(01|15|29|30)$/.test(date)),
  ...(isMonth ? [['the month', { from: first, to: last }] as const] : []),
];

const compared = new Set<string>();
const compare = (ours: Table, reference: Table): readonly string[] => {
  for (const key of Object.keys(reference)) compared.add(key.split(' ')[0] ?? '');
  return differences(ours, reference);
};

/** Seats should report once a minute. */
const healthFigures = (series: readonly Series[], { from, to }: Window): Table => {
  const shares = series.map(
    ({ reports }) => reports.filter(({ time }) => time >= from && time < to).length / ((to - from) / 60_000),
  );
  return {
    'device_health reports_share': shares.reduce((sum, one) => sum + Math.min(1, one), 0) / shares.length,
  };
};

const seatKpis: readonly KpiId[] = [
  'time_occupancy',
  'people_present',
  'utilisation',
  'sessions',
  'dwell',
  'turnover',
  'minimum_surplus',
  'time_in_target',
  'busiest',
  'device_health',
];
const capacityOf = (zone?: string): number =>
  site.zones
    .filter(({ id }) => zone === undefined || id === zone)
    .reduce((sum, { capacity }) => sum + capacity, 0);

test('the points have all faults in them', () => {
  const dayOf = (time: number): string => clockOf(time).date;
  expect(new Set(points.map(({ time }) => dayOf(time))).size).toBeGreaterThanOrEqual(dates.length + 2);
  const identities = points.map(
    ({ measurement, tags, time }) => `${measurement} ${tags.device} ${tags.phase ?? tags.band} ${time}`,
  );
  expect(identities.length - new Set(identities).size).toBeGreaterThan(points.length / 500);
  const resets = site.meters.map(({ id }) =>
    seriesOf(id).reports.map(({ fields }) => fields.energy_import_wh ?? 0),
  );
  expect(resets.some((values) => values.some((value, index) => value < 0.5 * (values[index - 1] ?? 0)))).toBe(
    true,
  );
});

test.each(windows)('%s: seats, zones and the site', (_, window) => {
  const groups: readonly (readonly [Readonly<Record<string, string>>, typeof seats, number])[] = [
    [{ seat: 'S01' }, seats.slice(0, 1), 1],
    ...site.zones.map(
      ({ id, capacity }) => [{ zone: id }, seats.filter(({ zone }) => zone === id), capacity] as const,
    ),
    [{}, seats, capacityOf()],
  ];
  for (const [by, members, capacity] of groups) {
    const ids = new Set(members.map(({ id }) => id));
    const evidence = groupEvidence({
      site,
      rows,
      window,
      by,
      devices: { seat: members.length },
      capacity,
      has: ({ device, zone }, name) => (name === 'presence' ? zone === (by.zone ?? '') : ids.has(device)),
    });
    const series = members.map((member) => member.series);
    const { coverage, ...reference } = seatFigures(
      series,
      members.map(({ sessions }) => sessions),
      capacity,
      window,
    );
    expect(coverage).toBeGreaterThan(0.9);
    const wanted = by.seat === undefined ? reference : withoutGroup(reference);
    const ours = ourTable(evidence, seatKpis);
    const whole = { ...wanted, ...busiestFigures(series, window), ...healthFigures(series, window) };
    expect(compare(ours, whole)).toEqual([]);
  }
});

/** A single seat has no figures of a group. */
const withoutGroup = (table: Table): Table =>
  Object.fromEntries(Object.entries(table).filter(([key]) => !/^(minimum_surplus|time_in_target)/.test(key)));

test.each(windows)('%s: people counters', (_, window) => {
  const evidence = groupEvidence({
    site,
    rows,
    window,
    by: {},
    devices: { counter: site.counters.length },
    capacity: capacityOf(),
    has: ({ zone }, name) => name === 'gate' || (name === 'presence' && zone === ''),
  });
  const reference = counterFigures(
    site.counters.map(({ id }) => seriesOf(id)),
    capacityOf(),
    window,
  );
  const ours = ourTable(evidence, ['people_present', 'utilisation', 'time_in_target', 'counter_drift']);
  expect(compare(ours, reference)).toEqual([]);
});

test.each(windows)('%s: Wi-Fi and probes', (_, window) => {
  const bands = ['2.4', '5', '6'] as const;
  const points = site.access_points.map(({ id }) => seriesOf(id));
  const evidence = groupEvidence({
    site,
    rows,
    window,
    by: {},
    devices: { radio: 3 * points.length, 'access-point': points.length, probe: site.probes.length },
    capacity: 1,
    has: () => true,
  });
  const everything = [...site.devices.keys()].map((id) => seriesOf(id));
  const { 'probe coverage': coverage, ...probes } = probeFigures(
    site.probes.map(({ id }) => seriesOf(id)),
    window,
  );
  expect(coverage).toBeGreaterThan(0.9);
  const radios = site.access_points.flatMap(({ id }) =>
    bands.map((band) => ({ band, series: seriesOf(id, 'radio', band) })),
  );
  const reference = { ...radioFigures(radios, window), ...apFigures(points, everything, window), ...probes };
  const ids = kpiIds.filter((id) => id.startsWith('wifi_') || id.startsWith('probe_'));
  expect(compare(ourTable(evidence, ids), reference)).toEqual([]);
});

test.each(windows)('%s: meters', (_, window) => {
  /** Enough is known at some time, and nobody is seen when it is. */
  const isEmpty = (quarter: Window): boolean => {
    const instants = [quarter.from, ...seats.flatMap(({ series }) => series.edgesIn(quarter))];
    const told = instants
      .filter((time) => time < quarter.to)
      .map((time) => seats.flatMap(({ series }) => series.at(time)?.fields.occupied ?? []))
      .filter((states) => states.length >= seats.length / 2);
    return told.length > 0 && told.flat().every((occupied) => occupied === 0);
  };
  const { import_per_kwh, export_per_kwh, fixed_per_month } = site.tariff.at(-1) ?? {};
  const tariff = {
    f1: 0,
    f2: 0,
    f3: 0,
    ...import_per_kwh,
    export: export_per_kwh ?? 0,
    fixed: fixed_per_month ?? 0,
  };
  for (const { id, phases } of site.meters) {
    const evidence = groupEvidence({
      site,
      rows,
      window,
      by: {},
      devices: { meter: 1, seat: seats.length },
      capacity: 1,
      has: ({ device, zone }, name) =>
        device === id || (name === 'presence' && zone === '') || name === 'seat',
    });
    const meter = Object.fromEntries(
      ['total', ...phases].map((phase) => [phase, seriesOf(id, 'power', phase)]),
    );
    const reference = meterFigures(meter, window, isEmpty, tariff);
    const occupied = seats.reduce(
      (sum, { series }) => sum + integrate(window, series, (time) => series.at(time)?.fields.occupied ?? 0),
      0,
    );
    const valid = seats.reduce((sum, { series }) => sum + knownMs(window, series), 0);
    const hours = ((occupied / valid) * seats.length * (window.to - window.from)) / 3_600_000;
    const ids = kpiIds.filter((kpi) => /energy|power|load|phase/.test(kpi));
    const perHour = hours > 0 ? (reference['energy import'] ?? 0) / hours : undefined;
    expect(compare(ourTable(evidence, ids), { ...reference, energy_per_occupied_hour: perHour }), id).toEqual(
      [],
    );
  }
});

test('every figure that devices tell of was compared', () => {
  expect(kpiIds.filter((id) => !compared.has(id))).toEqual(['savings']);
});

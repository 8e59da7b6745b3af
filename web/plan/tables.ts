import type { Entry } from '../api/types.ts';
import { h } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import type { Context } from '../shell/context.ts';
import { ago, number, percent } from '../text/format.ts';
import { language, t } from '../text/text.ts';
import { countSeats, devicesOf, loadOf, type PlanSource, seatsOf, wattsOf } from './figures.ts';

const ageOf = ({ live }: Context, entry: Entry | undefined): string =>
  entry?.time === undefined ? t.never : ago(live.now - Date.parse(entry.time));

/** All that the plan shows, as tables. */
export const planTables = (context: Context, source: PlanSource): HTMLElement =>
  h(
    'div',
    { class: 'ap-tables' },
    zoneTable(context, source),
    accessPointTable(context),
    meterTable(context),
    seatTable(context, source),
  );

const zoneTable = ({ site }: Context, source: PlanSource): HTMLElement =>
  table({
    caption: t.now.zones,
    columns: [
      { label: t.zone },
      { label: t.seats, isNumber: true },
      { label: t.freeMany, isNumber: true },
      { label: t.takenMany, isNumber: true },
      { label: t.unknownMany, isNumber: true },
    ],
    rows: site.zones.map(({ id, name }) => {
      const { seats, free, taken, unknown } = countSeats(seatsOf(site, id), source);
      return [name[language], seats, free, taken, unknown];
    }),
  });

const accessPointTable = ({ site, live }: Context): HTMLElement =>
  table({
    caption: t.now.apTable,
    columns: [
      { label: t.wifi.ap },
      { label: t.state },
      { label: t.now.clientsShort, isNumber: true },
      { label: t.now.channelBusy, isNumber: true },
      { label: t.now.goodSignal, isNumber: true },
    ],
    rows: devicesOf(site, 'access-point').map((device) => {
      const load = loadOf(live, device);
      if (load === undefined) return [device.id, t.silent, undefined, undefined, undefined];
      const { clients, busyPct, covered } = load;
      return [
        device.id,
        t.live,
        number(clients),
        busyPct === undefined ? undefined : percent(busyPct / 100),
        covered === undefined ? undefined : percent(covered),
      ];
    }),
  });

const meterTable = ({ site, live }: Context): HTMLElement =>
  table({
    caption: t.now.circuits,
    columns: [{ label: t.now.circuit }, { label: t.now.power, isNumber: true }],
    rows: devicesOf(site, 'meter').map(({ id, name }) => {
      const watts = wattsOf(live, id);
      return [name?.[language] ?? id, watts === undefined ? t.unknown : `${number(watts / 1000, 2)} kW`];
    }),
  });

const seatTable = (context: Context, source: PlanSource): HTMLElement => {
  const { site, live } = context;
  const zones = new Map(site.zones.map(({ id, name }) => [id, name[language]]));
  return table({
    caption: t.now.seatsTable,
    columns: [
      { label: t.seat },
      { label: t.zone },
      { label: t.state },
      { label: t.now.place, isNumber: true },
      { label: t.since, isNumber: true },
    ],
    rows: seatsOf(site).map(({ id, zone, at: [x, y] }) => [
      id,
      zones.get(zone) ?? zone,
      t[source.seat(id)],
      `${number(x, 1, 0)} · ${number(y, 1, 0)}`,
      ageOf(context, live.find(id, 'occupancy', 'seat')),
    ]),
  });
};

import { api } from '../api/client.ts';
import type { Device, UnknownDevice } from '../api/types.ts';
import { card } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { choiceBar } from '../dom/switch.ts';
import { table } from '../dom/table.ts';
import type { Context, RenderPage } from '../shell/context.ts';
import { part } from '../shell/part.ts';
import { pageHead } from '../shell/router.ts';
import { ago, number } from '../text/format.ts';
import { language, t } from '../text/text.ts';

const measurements = {
  seat: 'occupancy',
  counter: 'occupancy',
  'access-point': 'access_point',
  probe: 'probe',
  meter: 'power',
  weather: 'weather',
} as const;
const everyMs = 5_000;

/** The devices of the site file, those that are silent, and those that nobody placed yet. */
export const renderDevices: RenderPage = (context) => {
  const { live } = context;
  let showsAll = true;
  const strangers = part(
    () => api.devices('unknown'),
    (devices) => ({
      nodes: [
        strangerList(
          context,
          devices.filter((device) => device.state === 'unknown'),
        ),
      ],
    }),
  );
  const count = h('p', { class: 'ap-help', role: 'status' });
  const list = h('div');
  const show = (): void => {
    const rows = context.site.devices.map((device) => describe(context, device));
    const silent = rows.filter(({ isKnown }) => !isKnown);
    setText(count, t.devices.silentCount(number(silent.length), number(rows.length)));
    list.replaceChildren(deviceTable(context, showsAll ? rows : silent));
  };
  const bar = choiceBar(
    t.devices.filter,
    [
      ['all', t.devices.all],
      ['silent', t.devices.onlySilent],
    ],
    'all',
    (which) => {
      showsAll = which === 'all';
      show();
    },
  );
  // The first figures come with the stream, later ones slowly enough to be read.
  let shownAt = 0;
  const stop = live.subscribe(() => {
    if (Date.now() - shownAt < everyMs || list.contains(document.activeElement)) return;
    shownAt = live.connection === 'connecting' ? 0 : Date.now();
    show();
  });
  show();
  return {
    element: h(
      'div',
      {},
      pageHead(t.devices.title, t.devices.lead),
      card(t.devices.unknownTitle, strangers.element),
      card(t.devices.knownTitle, h('div', { class: 'ap-row ap-chart-tools' }, bar, count), list),
    ),
    close: () => {
      stop();
      strangers.close();
    },
  };
};

interface Row {
  readonly device: Device;
  readonly isKnown: boolean;
  readonly since: string;
  readonly battery: number | undefined;
  readonly signal: number | undefined;
}

const describe = ({ live }: Context, device: Device): Row => {
  const { id, kind, bands: _, target } = device;
  const tag =
    kind === 'seat' || kind === 'counter'
      ? kind
      : kind === 'probe'
        ? target
        : kind === 'meter'
          ? 'total'
          : undefined;
  const entry = live.find(id, measurements[kind], tag);
  const health = live.find(id, 'device_health');
  return {
    device,
    isKnown: live.isKnown(entry),
    since: entry?.time === undefined ? t.never : ago(live.now - Date.parse(entry.time)),
    battery: health?.fields.battery_pct,
    signal: health?.fields.signal_dbm,
  };
};

const deviceTable = ({ site }: Context, rows: readonly Row[]): HTMLElement => {
  if (rows.length === 0) return h('p', {}, t.empty);
  const zones = new Map(site.zones.map(({ id, name }) => [id, name[language]]));
  return table({
    caption: t.devices.knownTitle,
    hidesCaption: true,
    columns: [
      { label: t.devices.device },
      { label: t.devices.kind },
      { label: t.zone },
      { label: t.state },
      { label: t.since, isNumber: true },
      { label: t.devices.battery, isNumber: true },
      { label: t.devices.signal, isNumber: true },
    ],
    rows: rows.map(({ device: { id, kind, zone }, isKnown, since, battery, signal }) => [
      id,
      t.kinds[kind] ?? kind,
      zones.get(zone) ?? zone,
      h('span', { class: 'ap-state', 'data-state': isKnown ? 'good' : 'bad' }, isKnown ? t.live : t.silent),
      since,
      battery === undefined ? undefined : `${number(battery)} %`,
      signal === undefined ? undefined : `${number(signal)} dBm`,
    ]),
  });
};

const strangerList = (context: Context, devices: readonly UnknownDevice[]): HTMLElement =>
  devices.length === 0
    ? h('p', {}, t.devices.noneUnknown)
    : h(
        'div',
        {},
        h('p', { class: 'ap-help' }, t.devices.unknownHelp),
        ...devices.map((device) => stranger(context, device)),
      );

const stranger = (
  { live }: Context,
  { identity, definition, fields, lastSeen, messages, list, line }: UnknownDevice,
): HTMLElement => {
  const copy = h(
    'button',
    {
      type: 'button',
      class: 'btn btn-primary btn-sm',
      onclick: async () => {
        await navigator.clipboard.writeText(line);
        setText(copy, t.devices.copied);
      },
    },
    t.devices.copy,
  );
  const facts = [
    `${t.devices.list}: ${list}`,
    `${t.devices.fields}: ${fields.join(', ')}`,
    `${t.devices.messages}: ${number(messages)}`,
    `${t.since}: ${ago(live.now - Date.parse(lastSeen))}`,
  ];
  return h(
    'div',
    { class: 'ap-stranger' },
    h('h3', {}, identity, ' ', h('span', { class: 'ap-help' }, definition)),
    h('p', {}, facts.join(' · ')),
    h('code', { class: 'ap-line' }, line),
    copy,
  );
};

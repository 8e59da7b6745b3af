import type { StoredName } from '../../model/measurements.ts';
import type { Point } from '../../model/point.ts';
import { wifiLevels } from '../../model/rollup/wifi.ts';

export interface AlertCase {
  /** Rule. */
  readonly slug: string;
  /** Labels of the series that fire on the site where something is wrong; '' where there is one series. */
  readonly fires: readonly string[];
  /** What is stored at the site where something is wrong, and where all is well. */
  readonly wrong: readonly Point<StoredName>[];
  readonly well: readonly Point<StoredName>[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A point some minutes ago; the site is put in later. */
type At = (
  measurement: StoredName,
  tags: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, number>>,
  minutesAgo?: number,
) => Point<StoredName>;

/** Each rule with data that must and data that must not make it fire, around now. */
export const alertCases = (now: number): readonly AlertCase[] => {
  const at: At = (measurement, tags, fields, minutesAgo = 1) => ({
    measurement,
    tags,
    fields,
    time: now - minutesAgo * minuteMs,
  });
  return [
    ...ofPipeline(at),
    ...ofDevices(at),
    ...ofInternet(at),
    ...ofPlace(at),
    ...ofLevels(now),
    ...ofPower(at, now),
  ];
};

const gateway = { device: 'gateway' };

const ofPipeline = (at: At): AlertCase[] => [
  {
    slug: 'store-lag',
    fires: ['gateway'],
    // What was said before counts for nothing.
    wrong: [at('pipeline', gateway, { lag_s: 0 }, 3), at('pipeline', gateway, { lag_s: 121 }, 1)],
    well: [at('pipeline', gateway, { lag_s: 900 }, 3), at('pipeline', gateway, { lag_s: 119 }, 1)],
  },
  {
    slug: 'spool-filling',
    fires: ['worker-2'],
    wrong: [
      at('pipeline', { device: 'worker-1' }, { spool_pct: 3 }),
      at('pipeline', { device: 'worker-2' }, { spool_pct: 51 }),
    ],
    well: [at('pipeline', gateway, { spool_pct: 49 })],
  },
  {
    slug: 'quarantine-rate',
    fires: ['gateway'],
    wrong: [
      at('pipeline', gateway, { received: 1_000, quarantined: 900 }, 12),
      at('pipeline', gateway, { received: 2_000, quarantined: 960 }, 1),
    ],
    // Nine of ten long ago, 4 % of late.
    well: [
      at('pipeline', gateway, { received: 1_000, quarantined: 900 }, 12),
      at('pipeline', gateway, { received: 2_000, quarantined: 940 }, 1),
    ],
  },
];

const heard = (at: At, zone: string, device: string, ageS: number): Point<StoredName> =>
  at('device_health', { zone, device }, { last_seen_age_s: ageS });

const ofDevices = (at: At): AlertCase[] => [
  {
    slug: 'device-silent',
    fires: ['S01 teatro'],
    // An access point has its own rule; one that was silent and is back has spoken since.
    wrong: [heard(at, 'teatro', 'S01', 601), heard(at, 'teatro', 'S02', 30), heard(at, 'teatro', 'AP1', 50)],
    well: [
      at('device_health', { zone: 'teatro', device: 'S01' }, { last_seen_age_s: 4_000 }, 3),
      heard(at, 'teatro', 'S01', 599),
    ],
  },
  {
    slug: 'access-point-down',
    fires: ['AP3 giardino'],
    wrong: [heard(at, 'giardino', 'AP3', 181)],
    well: [heard(at, 'giardino', 'AP3', 179)],
  },
  {
    slug: 'channel-utilization',
    fires: ['5 AP2 portico'],
    wrong: [2, 8, 14].flatMap((minutesAgo) => [
      at('radio', { zone: 'portico', device: 'AP2', band: '5' }, { utilization_pct: 71 }, minutesAgo),
      at('radio', { zone: 'portico', device: 'AP2', band: '2.4' }, { utilization_pct: 69 }, minutesAgo),
    ]),
    // One busy minute is no busy quarter of an hour.
    well: [100, 60, 40].map((busy, index) =>
      at('radio', { zone: 'portico', device: 'AP2', band: '5' }, { utilization_pct: busy }, 2 + index * 4),
    ),
  },
];

const probe = (at: At, device: string, fields: Readonly<Record<string, number>>): Point<StoredName> =>
  at('probe', { zone: 'teatro', device, target: 'internet' }, fields);

const ofInternet = (at: At): AlertCase[] => [
  {
    slug: 'internet-loss',
    fires: [''],
    wrong: [probe(at, 'P1', { loss_pct: 7 }), probe(at, 'P2', { loss_pct: 0 })],
    well: [probe(at, 'P1', { loss_pct: 5 }), probe(at, 'P2', { loss_pct: 0 })],
  },
  {
    slug: 'internet-latency',
    fires: [''],
    wrong: [101, 140, 180].map((ms, index) => probe(at, `P${index + 1}`, { latency_ms: ms })),
    // One bad probe is that probe's place, not the line.
    well: [20, 30, 900].map((ms, index) => probe(at, `P${index + 1}`, { latency_ms: ms })),
  },
];

const ofPlace = (at: At): AlertCase[] => [
  {
    slug: 'over-capacity',
    fires: [''],
    wrong: [2, 3, 4].map((ago) => at('presence_1m', { source: 'counters' }, { over_ms: 60_000 }, ago)),
    well: [
      at('presence_1m', { source: 'counters' }, { over_ms: 60_000 }, 2),
      at('presence_1m', { source: 'counters' }, { over_ms: 0 }, 3),
      at('presence_1m', { source: 'seats', zone: 'teatro' }, { over_ms: 600_000 }, 4),
    ],
  },
];

/** Every level, 40 judged minutes of a quarter hour: five of them bad by its last cause, or three. */
const ofLevels = (now: number): AlertCase[] =>
  Object.entries(wifiLevels).map(([level, causes]): AlertCase => {
    const tags = { zone: 'fontana', device: 'AP6', band: level === 'ap_health' ? 'all' : '2.4' };
    const point = (judged: number, bad: number, device = tags.device): Point<StoredName> => ({
      measurement: 'wifi_15m',
      tags: { ...tags, device },
      fields: {
        [`${level}_ms`]: judged * minuteMs,
        ...Object.fromEntries(
          causes.map((cause, index) => [
            `${level}_${cause}_ms`,
            index === causes.length - 1 ? bad * minuteMs : 0,
          ]),
        ),
      },
      time: Math.floor(now / (15 * minuteMs)) * 15 * minuteMs - 15 * minuteMs,
    });
    return {
      slug: `level-${level.replaceAll('_', '-')}`,
      fires: ['AP6 fontana'],
      // Twenty minutes are too few to say so.
      wrong: [point(40, 5), point(20, 20, 'AP5')],
      well: [point(40, 3)],
    };
  });

const ofPower = (at: At, now: number): AlertCase[] => {
  const meter = (device: string, watts: number, minutesAgo: number): Point<StoredName> =>
    at('power', { zone: 'teatro', device, phase: 'total' }, { active_power_w: watts }, minutesAgo);
  const intoHour = Math.floor((now % hourMs) / minuteMs);
  /** A day hour by hour; the quietest took 4 × `watts`. */
  const day = (watts: number): Point<StoredName>[] =>
    Array.from({ length: 22 }, (_, hour) =>
      ['M2', 'M3', 'M4', 'M5'].map((device) =>
        meter(device, hour === 7 ? watts : 900, intoHour + 30 + hour * 60),
      ),
    ).flat();
  return [
    {
      slug: 'over-contracted-power',
      fires: [''],
      wrong: [2, 9].map((ago) => meter('M1', 15_100, ago)),
      // Above it for a moment, not for a quarter of an hour.
      well: [meter('M1', 16_000, 2), meter('M1', 13_000, 9)],
    },
    { slug: 'night-base-load', fires: [''], wrong: day(226), well: day(224) },
  ];
};

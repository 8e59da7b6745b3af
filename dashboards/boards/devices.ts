import * as condition from '../panels/device-condition.ts';
import * as health from '../panels/device-health.ts';
import { started } from './annotation.ts';
import { type Board, stack } from './board.ts';
import { dataSource, device, site, zone } from './variable.ts';

/** Which devices need a hand: for whoever looks after them. */
export const devices: Board = {
  slug: 'devices',
  title: { it: 'Aperto · Dispositivi', en: 'Aperto · Devices' },
  description: {
    it: 'Chi tace, da quanto, e perché: batteria, radio, orologio. Per chi fa la manutenzione.',
    en: 'Who is silent, for how long, and why: battery, radio, clock. For maintenance staff.',
  },
  audience: { it: 'dispositivi', en: 'devices' },
  variables: [dataSource, site('device_health'), zone('device_health'), device],
  annotations: [started],
  rows: [
    {
      key: 'devices-now',
      title: { it: 'Adesso', en: 'Now' },
      collapsed: false,
      bands: [
        [
          stack(
            5,
            [condition.devicesKnown, 3],
            [condition.unknownDevices, 3],
            [condition.longestSilence, 3],
            [condition.clocksDistrusted, 3],
          ),
          stack(19, [health.lastSeenOfChosen, 12]),
        ],
      ],
    },
    {
      key: 'devices-range',
      title: { it: 'Nel periodo scelto', en: 'In the chosen range' },
      collapsed: false,
      bands: [[stack(12, [condition.silenceTrend, 10]), stack(12, [condition.clockSkew, 10])]],
    },
    {
      key: 'devices-condition',
      title: { it: 'Batterie e collegamenti', en: 'Batteries and links' },
      collapsed: false,
      bands: [
        [
          stack(8, [condition.battery, 14]),
          stack(8, [condition.linkSignal, 14]),
          stack(8, [condition.linkQuality, 14]),
        ],
      ],
    },
  ],
};

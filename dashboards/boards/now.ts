import type { Site } from '../../model/site.ts';
import * as wifi from '../panels/access-point-now.ts';
import * as occupancy from '../panels/occupancy-now.ts';
import * as range from '../panels/occupancy-range.ts';
import * as power from '../panels/power-now.ts';
import * as weather from '../panels/weather.ts';
import { started, weatherAlerts } from './annotation.ts';
import { type Board, stack } from './board.ts';
import { accessPoint, dataSource, feed, generation, seat, site, zone } from './variable.ts';

/** How the place is at this moment, to be read from across a room. */
export const now = (ofSite: Site): Board => ({
  slug: 'now',
  title: { it: `${ofSite.name} · Adesso`, en: `${ofSite.name} · Now` },
  description: {
    it: 'Posti, persone, Wi-Fi, energia e tempo in questo momento. Per uno schermo a parete.',
    en: 'Seats, people, Wi-Fi, energy and weather at this moment. For a wall screen.',
  },
  audience: { it: 'schermo', en: 'screen' },
  variables: [dataSource, site('occupancy'), zone('occupancy'), seat, accessPoint, feed, generation],
  annotations: [started, ...weatherAlerts],
  rows: [
    {
      key: 'now-place',
      title: { it: 'Posti', en: 'Seats' },
      collapsed: false,
      bands: [
        [
          stack(6, [occupancy.freeSeatsNow, 5]),
          stack(6, [occupancy.occupancyNow, 5]),
          stack(6, [occupancy.peopleNow(ofSite), 5]),
          stack(6, [occupancy.seatsHeard(ofSite), 5]),
        ],
        [stack(8, [occupancy.occupancyNowByZone, 8]), stack(16, [range.occupancyTrend, 8])],
      ],
    },
    {
      key: 'now-services',
      title: { it: 'Wi-Fi, energia e tempo', en: 'Wi-Fi, energy and weather' },
      collapsed: false,
      bands: [
        [
          stack(4, [wifi.clientsNow, 4], [wifi.accessPointsHeard(ofSite), 4]),
          stack(4, [wifi.latencyNow, 4], [wifi.lossNow, 4]),
          stack(4, [power.gridPowerNow(ofSite), 4], [power.productionNow, 4]),
          stack(12, [weather.weatherOverTime, 8]),
        ],
      ],
    },
  ],
});

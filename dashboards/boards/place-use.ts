import type { Site } from '../../model/site.ts';
import * as devices from '../panels/device-health.ts';
import * as now from '../panels/occupancy-now.ts';
import * as range from '../panels/occupancy-range.ts';
import * as passages from '../panels/passages.ts';
import * as seats from '../panels/seat.ts';
import * as week from '../panels/use-of-week.ts';
import * as weather from '../panels/weather.ts';
import { crowded, started, weatherAlerts } from './annotation.ts';
import { type Board, stack } from './board.ts';
import { dataSource, seat, site, windowSource, zone } from './variable.ts';

/** How the place is used: for facilities staff. */
export const placeUse = (ofSite: Site): Board => ({
  slug: 'place-use',
  title: { it: 'Aperto · Uso degli spazi', en: 'Aperto · Place use' },
  description: {
    it: 'Quanti posti sono occupati, dove e quando; quante persone passano; che tempo fa. Per l’ufficio patrimonio e servizi generali.',
    en: 'How many seats are taken, where and when; how many people pass; what the weather is. For facilities staff.',
  },
  audience: { it: 'spazi', en: 'place' },
  variables: [dataSource, windowSource, site('occupancy'), zone('occupancy'), seat],
  annotations: [started, ...weatherAlerts, crowded],
  rows: [
    {
      key: 'place-now',
      title: { it: 'Adesso', en: 'Now' },
      collapsed: false,
      bands: [
        [
          stack(5, [now.occupancyNow, 4], [now.freeSeatsNow, 4], [now.peopleNow(ofSite), 4]),
          stack(19, [range.occupancyTrend, 12]),
        ],
        [stack(5, [now.seatsHeard(ofSite), 7]), stack(19, [now.occupancyNowByZone, 7])],
      ],
    },
    {
      key: 'place-range',
      title: { it: 'Nel periodo scelto', en: 'In the chosen range' },
      collapsed: false,
      bands: [
        [stack(5, [range.meanOccupancy, 5], [range.peakOccupancy, 5]), stack(19, [range.zoneStates, 10])],
        [
          stack(14, [week.useOfWeek, 25]),
          stack(
            10,
            [passages.entriesInRange, 5],
            [passages.passagesOverTime, 10],
            [weather.weatherOverTime, 10],
          ),
        ],
      ],
    },
    {
      key: 'place-days',
      title: { it: 'Giorno per giorno, ultimi tre mesi', en: 'Day by day, last three months' },
      collapsed: true,
      bands: [[stack(12, [week.useOfDays, 10]), stack(12, [week.entriesOfDays, 10])]],
    },
    {
      key: 'place-seats',
      title: { it: 'Posto per posto', en: 'Seat by seat' },
      collapsed: true,
      bands: [
        [stack(24, [seats.seatStates, 24])],
        [stack(12, [seats.seatUse, 24]), stack(12, [devices.lastSeen, 24])],
      ],
    },
    {
      key: 'place-gates',
      title: { it: 'Varchi', en: 'Gates' },
      collapsed: true,
      bands: [[stack(24, [passages.entriesByCounter, 9])]],
    },
    {
      key: 'place-environment',
      title: { it: 'Ambiente', en: 'Environment' },
      collapsed: true,
      bands: [[stack(8, [weather.noise, 8]), stack(8, [weather.fineDust, 8]), stack(8, [weather.light, 8])]],
    },
  ],
});

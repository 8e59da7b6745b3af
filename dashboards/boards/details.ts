import * as accessPoints from '../panels/access-point.ts';
import * as wifi from '../panels/access-point-now.ts';
import * as devices from '../panels/device-health.ts';
import * as range from '../panels/occupancy-range.ts';
import * as quality from '../panels/power-quality.ts';
import * as power from '../panels/power-range.ts';
import * as radios from '../panels/radio.ts';
import * as seats from '../panels/seat.ts';
import { started } from './annotation.ts';
import { type Board, stack } from './board.ts';
import { accessPoint, band, dataSource, meter, seat, site, zone } from './variable.ts';

/** All about one seat: where links of the other boards lead. */
export const oneSeat: Board = {
  slug: 'seat',
  title: { it: 'Aperto · Un posto', en: 'Aperto · One seat' },
  description: {
    it: 'Un posto da vicino: quando è occupato, quanto, e se il suo sensore risponde. Sceglierlo in alto.',
    en: 'One seat from near: when it is taken, how much, and whether its sensor reports. Choose it above.',
  },
  audience: { it: 'dettaglio', en: 'detail' },
  variables: [dataSource, site('occupancy'), zone('occupancy'), seat],
  annotations: [started],
  rows: [
    {
      key: 'seat-detail',
      title: { it: 'Il posto', en: 'The seat' },
      collapsed: false,
      bands: [
        [stack(5, [range.meanOccupancy, 4], [range.peakOccupancy, 4]), stack(19, [seats.seatStates, 8])],
        [stack(12, [seats.seatUse, 9]), stack(12, [devices.lastSeen, 9])],
      ],
    },
  ],
};

/** All about one access point. */
export const oneAccessPoint: Board = {
  slug: 'access-point',
  title: { it: 'Aperto · Un access point', en: 'Aperto · One access point' },
  description: {
    it: 'Un access point da vicino, radio per radio. Sceglierlo in alto.',
    en: 'One access point from near, radio by radio. Choose it above.',
  },
  audience: { it: 'dettaglio', en: 'detail' },
  variables: [dataSource, site('access_point'), zone('access_point'), accessPoint, band],
  annotations: [started],
  rows: [
    {
      key: 'access-point-detail',
      title: { it: 'L’access point', en: 'The access point' },
      collapsed: false,
      bands: [
        [
          stack(5, [wifi.clientsNow, 3], [wifi.busiestChannel, 3], [wifi.busiestRadio, 3]),
          stack(19, [accessPoints.accessPointTable, 9]),
        ],
        [stack(12, [radios.channelUse, 9]), stack(12, [radios.radioClients, 9])],
        [stack(12, [radios.signal, 9]), stack(12, [radios.noiseFloor, 9])],
        [
          stack(8, [radios.retries, 9]),
          stack(8, [accessPoints.weakClients, 9]),
          stack(8, [radios.timeToConnect, 9]),
        ],
        [stack(12, [accessPoints.failures, 9]), stack(12, [accessPoints.throughput, 9])],
      ],
    },
  ],
};

/** All about one meter. */
export const oneMeter: Board = {
  slug: 'meter',
  title: { it: 'Aperto · Un contatore', en: 'Aperto · One meter' },
  description: {
    it: 'Un contatore da vicino: potenza, energia, ultima lettura. Sceglierlo in alto.',
    en: 'One meter from near: power, energy, last reading. Choose it above.',
  },
  audience: { it: 'dettaglio', en: 'detail' },
  variables: [dataSource, site('power'), zone('power'), meter],
  annotations: [started],
  rows: [
    {
      key: 'meter-detail',
      title: { it: 'Il contatore', en: 'The meter' },
      collapsed: false,
      bands: [
        [stack(24, [quality.meterPower, 11])],
        [stack(12, [power.energyOfMeters, 10]), stack(12, [devices.meterReports, 10])],
      ],
    },
  ],
};

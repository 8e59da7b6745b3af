import type { Site } from '../../model/site.ts';
import * as accessPoints from '../panels/access-point.ts';
import * as now from '../panels/access-point-now.ts';
import * as devices from '../panels/device-health.ts';
import * as probes from '../panels/probe.ts';
import * as radios from '../panels/radio.ts';
import * as levels from '../panels/service-level.ts';
import { outages, started } from './annotation.ts';
import { type Board, stack } from './board.ts';
import { accessPoint, band, dataSource, site, windowSource, zone } from './variable.ts';

/** Where and why the Wi-Fi is bad: for IT staff. */
export const wifiQuality = (ofSite: Site): Board => ({
  slug: 'wifi-quality',
  title: { it: 'Aperto · Qualità del Wi-Fi', en: 'Aperto · Wi-Fi quality' },
  description: {
    it: 'Se il Wi-Fi funziona, dove no e perché: dalla sede alla zona, all’access point, alla radio. Per i sistemi informativi.',
    en: 'Whether the Wi-Fi works, where it does not and why: from the site to the zone, the access point, the radio. For IT staff.',
  },
  audience: { it: 'wi-fi', en: 'wi-fi' },
  variables: [dataSource, windowSource, site('access_point'), zone('access_point'), accessPoint, band],
  annotations: [started, outages],
  rows: [
    {
      key: 'wifi-now',
      title: { it: 'Adesso', en: 'Now' },
      collapsed: false,
      bands: [
        [
          stack(5, [now.clientsNow, 4], [now.accessPointsHeard(ofSite), 4]),
          stack(19, [accessPoints.clientsTrend, 8]),
        ],
        [stack(5, [now.busiestChannel, 5], [now.busiestRadio, 5]), stack(19, [radios.channelUse, 10])],
        [
          stack(5, [now.latencyNow, 4], [now.lossNow, 4]),
          stack(10, [probes.latencyTrend, 8]),
          stack(9, [probes.lossTrend, 8]),
        ],
      ],
    },
    {
      key: 'wifi-levels',
      title: { it: 'Livelli di servizio e cause', en: 'Service levels and causes' },
      collapsed: false,
      bands: [
        [stack(7, [levels.levelsInRange, 10]), stack(17, [levels.levelsTrend, 10])],
        [stack(9, [levels.causesInRange, 12]), stack(15, [levels.radioCausesTrend, 12])],
        [stack(24, [levels.levelsByZone, 7])],
      ],
    },
    {
      key: 'wifi-connections',
      title: { it: 'Connessioni', en: 'Connections' },
      collapsed: true,
      bands: [
        [
          stack(5, [accessPoints.failedShare, 9]),
          stack(10, [accessPoints.failures, 9]),
          stack(9, [radios.timeToConnect, 9]),
        ],
      ],
    },
    {
      key: 'wifi-radios',
      title: { it: 'Radio per radio', en: 'Radio by radio' },
      collapsed: true,
      bands: [
        [stack(12, [radios.radioClients, 9]), stack(12, [accessPoints.weakClients, 9])],
        [stack(12, [radios.signal, 9]), stack(12, [radios.noiseFloor, 9])],
        [stack(12, [radios.retries, 9]), stack(12, [accessPoints.slowRoams, 9])],
      ],
    },
    {
      key: 'wifi-access-points',
      title: { it: 'Access point', en: 'Access points' },
      collapsed: true,
      bands: [
        [stack(15, [accessPoints.accessPointTable, 9]), stack(9, [devices.accessPointReports, 9])],
        [stack(24, [levels.levelsByAccessPoint, 8])],
        [stack(12, [accessPoints.throughput, 9]), stack(12, [accessPoints.upload, 9])],
      ],
    },
    {
      key: 'wifi-internet',
      title: { it: 'Internet', en: 'Internet' },
      collapsed: true,
      bands: [[stack(12, [probes.latencySpread, 9]), stack(12, [probes.jitterTrend, 9])]],
    },
  ],
});

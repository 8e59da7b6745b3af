import type { Site } from '../../model/site.ts';
import * as devices from '../panels/device-health.ts';
import * as days from '../panels/energy-days.ts';
import * as now from '../panels/power-now.ts';
import * as quality from '../panels/power-quality.ts';
import * as range from '../panels/power-range.ts';
import { started, weatherAlerts } from './annotation.ts';
import { type Board, stack } from './board.ts';
import { circuit, dataSource, feed, generation, meter, site, windowSource, zone } from './variable.ts';

/** What the place takes and what it costs: for the administration. */
export const energy = (ofSite: Site): Board => ({
  slug: 'energy',
  title: { it: 'Aperto · Energia', en: 'Aperto · Energy' },
  description: {
    it: 'Quanta energia si preleva, si produce e si immette, quanto costa e dove va. Per l’amministrazione.',
    en: 'How much energy is taken, produced and given back, what it costs and where it goes. For the administration.',
  },
  audience: { it: 'energia', en: 'energy' },
  variables: [dataSource, windowSource, site('power'), zone('power'), meter, feed, circuit, generation],
  annotations: [started, ...weatherAlerts],
  rows: [
    {
      key: 'energy-now',
      title: { it: 'Adesso', en: 'Now' },
      collapsed: false,
      bands: [
        [
          stack(5, [now.gridPowerNow(ofSite), 5], [now.contractShareNow(ofSite), 5]),
          stack(19, [now.powerTrend(ofSite), 10]),
        ],
        [stack(5, [now.productionNow, 5], [now.powerFactorNow, 5]), stack(19, [range.circuitsTrend, 10])],
      ],
    },
    {
      key: 'energy-range',
      title: { it: 'Nel periodo scelto', en: 'In the chosen range' },
      collapsed: false,
      bands: [
        [stack(5, [range.importInRange, 5], [range.exportInRange, 5]), stack(19, [range.energyTrend, 10])],
        [
          stack(7, [range.costInRange(ofSite), 5], [range.peakPower(ofSite), 4], [range.baseLoad, 4]),
          stack(17, [range.energyByCircuit, 13]),
        ],
      ],
    },
    {
      key: 'energy-days',
      title: { it: 'Giorno per giorno, ultimi tre mesi', en: 'Day by day, last three months' },
      collapsed: true,
      bands: [[stack(12, [days.importOfDays, 10]), stack(12, [days.costOfDays(ofSite), 10])]],
    },
    {
      key: 'energy-meters',
      title: { it: 'Contatore per contatore', en: 'Meter by meter' },
      collapsed: true,
      bands: [[stack(16, [quality.meterPower, 10]), stack(8, [devices.meterReports, 10])]],
    },
    {
      key: 'energy-quality',
      title: { it: 'Qualità dell’alimentazione', en: 'Quality of the supply' },
      collapsed: true,
      bands: [
        [stack(12, [quality.voltage, 9]), stack(12, [quality.current(ofSite), 9])],
        [
          stack(8, [quality.imbalance(ofSite), 8]),
          stack(8, [quality.powerFactorTrend, 8]),
          stack(8, [quality.frequency, 8]),
        ],
      ],
    },
  ],
});

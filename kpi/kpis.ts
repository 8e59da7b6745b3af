import { defineKpis, type KpiDefinition } from './kpi.ts';
import { energyKpis } from './kpis-energy.ts';
import { occupancyKpis } from './kpis-occupancy.ts';
import { wifiKpis } from './kpis-wifi.ts';

const healthKpis = defineKpis({
  device_health: {
    unit: '1',
    description: {
      it: 'Stato dei dispositivi: quota di messaggi arrivati, batteria, collegamento, orologio.',
      en: 'How devices are: share of reports that came, battery, link, clock.',
    },
    reads: ['occupancy', 'access_point', 'probe', 'power', 'weather', 'device_health'],
    parts: ['health'],
    by: ['zone', 'device'],
    rows: {
      statistic: [
        'reports_share',
        'last_seen_age_s',
        'battery_pct',
        'link_quality',
        'signal_dbm',
        'clock_skew_s',
      ],
    },
    people: false,
  },
});

/** All figures, by id. */
export const kpis = { ...occupancyKpis, ...wifiKpis, ...energyKpis, ...healthKpis } as const;
export type KpiId = keyof typeof kpis;

export const isKpiId = (id: string): id is KpiId => Object.hasOwn(kpis, id);

/** The definition of a figure, seen as data. */
export const kpiOf = (id: KpiId): KpiDefinition => kpis[id];

import type { ByKey } from '../kpi.ts';
import type { KpiId } from '../kpis.ts';

export type Language = 'it' | 'en';
export type Text = Readonly<Record<Language, string>>;

export type SectionId = 'usage' | 'wifi' | 'energy' | 'savings' | 'quality';

/** What a section asks for. */
export interface Asked {
  readonly kpi: KpiId;
  readonly by?: readonly ByKey[];
}

export interface Contents {
  readonly id: SectionId;
  readonly title: Text;
  readonly asks: readonly Asked[];
}

/** What a monthly report tells, in its order. */
export const contents: readonly Contents[] = [
  {
    id: 'usage',
    title: { it: "Uso dell'ufficio", en: 'Use of the office' },
    asks: [
      { kpi: 'time_occupancy' },
      { kpi: 'time_occupancy', by: ['zone'] },
      { kpi: 'people_present' },
      { kpi: 'utilisation' },
      { kpi: 'sessions' },
      { kpi: 'dwell' },
      { kpi: 'turnover' },
      { kpi: 'minimum_surplus' },
      { kpi: 'time_in_target' },
      { kpi: 'busiest' },
      { kpi: 'counter_drift' },
    ],
  },
  {
    id: 'wifi',
    title: { it: 'Qualità del Wi-Fi', en: 'Wi-Fi quality' },
    asks: [
      { kpi: 'wifi_coverage' },
      { kpi: 'wifi_capacity' },
      { kpi: 'wifi_throughput' },
      { kpi: 'wifi_time_to_connect' },
      { kpi: 'wifi_successful_connects' },
      { kpi: 'wifi_roaming' },
      { kpi: 'wifi_ap_health' },
      { kpi: 'probe_latency' },
      { kpi: 'probe_loss' },
    ],
  },
  {
    id: 'energy',
    title: { it: 'Energia e costi', en: 'Energy and costs' },
    asks: [
      { kpi: 'energy' },
      { kpi: 'energy_by_band' },
      { kpi: 'energy_cost' },
      { kpi: 'peak_power' },
      { kpi: 'base_load' },
      { kpi: 'load_factor' },
      { kpi: 'energy_per_occupied_hour' },
      { kpi: 'power_factor' },
      { kpi: 'phase_imbalance' },
    ],
  },
  { id: 'savings', title: { it: 'Risparmio stimato', en: 'Estimated savings' }, asks: [{ kpi: 'savings' }] },
  {
    id: 'quality',
    title: { it: 'Qualità dei dati', en: 'Quality of the data' },
    asks: [{ kpi: 'device_health' }, { kpi: 'device_health', by: ['zone'] }],
  },
];

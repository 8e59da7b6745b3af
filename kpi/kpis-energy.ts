import { defineKpis } from './kpi.ts';

const bands = ['f1', 'f2', 'f3'] as const;

/** What is taken, what it costs and what it saves. The site is its feed; a meter is a device. */
export const energyKpis = defineKpis({
  energy: {
    unit: 'kWh',
    description: {
      it: 'Energia prelevata e immessa; quota stimata dalla potenza.',
      en: 'Energy taken and given back; how much of it was integrated from power.',
    },
    reads: ['power'],
    parts: ['energy'],
    by: ['device'],
    rows: { statistic: ['import', 'export', 'integrated', 'bridged'] },
    people: false,
  },
  energy_by_band: {
    unit: 'kWh',
    description: {
      it: 'Energia prelevata per fascia oraria.',
      en: 'Energy taken by Italian time band.',
    },
    reads: ['power'],
    parts: ['energy'],
    by: ['device'],
    rows: { tariff_band: bands },
    people: false,
  },
  energy_cost: {
    unit: 'EUR',
    description: {
      it: "Costo dell'energia per fascia, quota fissa e credito per l'energia immessa.",
      en: 'Cost of energy by band, fixed part and credit for energy given back.',
    },
    reads: ['power'],
    parts: ['energy'],
    by: ['device'],
    rows: { item: [...bands, 'export', 'fixed', 'total'] },
    from: 'day',
    people: false,
  },
  peak_power: {
    unit: 'kW',
    description: {
      it: "Massima potenza media prelevata in un quarto d'ora.",
      en: 'Highest mean power taken in a quarter hour.',
    },
    reads: ['power'],
    parts: ['energy'],
    by: ['device'],
    from: 'quarter',
    people: false,
  },
  base_load: {
    unit: 'kW',
    description: {
      it: 'Potenza di base: 5º percentile mentre non c’è nessuno.',
      en: 'Base load: 5th percentile while nobody is there.',
    },
    reads: ['power', 'occupancy'],
    parts: ['energy', 'presence'],
    by: ['device'],
    from: 'quarter',
    people: false,
  },
  load_factor: {
    unit: '1',
    description: { it: 'Potenza media sulla massima.', en: 'Mean power over peak power.' },
    reads: ['power'],
    parts: ['energy'],
    by: ['device'],
    from: 'quarter',
    people: false,
  },
  energy_per_occupied_hour: {
    unit: 'kWh/h',
    description: {
      it: 'Energia prelevata per ora di posto occupato.',
      en: 'Energy taken per occupied seat-hour.',
    },
    reads: ['power', 'occupancy'],
    parts: ['energy', 'seat'],
    by: [],
    people: false,
  },
  power_factor: {
    unit: '1',
    description: {
      it: 'Fattore di potenza medio e quota di tempo sotto 0,9.',
      en: 'Mean power factor and share of time under 0.9.',
    },
    reads: ['power'],
    parts: ['energy'],
    by: ['device'],
    rows: { statistic: ['mean', 'low_share'] },
    people: false,
  },
  phase_imbalance: {
    unit: '%',
    description: {
      it: 'Maggior scarto di una fase dalla corrente media.',
      en: 'Largest deviation of a phase from the mean current.',
    },
    reads: ['power'],
    parts: ['energy'],
    by: ['device'],
    people: false,
  },
  savings: {
    unit: 'EUR',
    description: {
      it: 'Risparmio con le ipotesi dichiarate, da un minimo a un massimo.',
      en: 'Savings under stated assumptions, from low to high.',
    },
    reads: [],
    parts: [],
    by: [],
    rows: {
      item: ['travel', 'telephone', 'licences', 'energy', 'total'],
      statistic: ['low', 'expected', 'high'],
    },
    people: false,
  },
});

import { busiest } from './busiest.ts';
import { energyCost } from './cost.ts';
import { deviceHealth } from './device-health.ts';
import { counterDrift } from './drift.ts';
import { energy, energyByBand, energyPerOccupiedHour } from './energy-use.ts';
import type { Evidence } from './evidence.ts';
import type { Figure } from './figure.ts';
import type { KpiId } from './kpis.ts';
import { baseLoad, loadFactor, peakPower, phaseImbalance, powerFactor } from './load.ts';
import { dwell, peoplePresent, sessions, timeOccupancy, turnover, utilisation } from './occupancy.ts';
import { probeLatency, probeLoss } from './probe-quality.ts';
import { savings } from './savings.ts';
import { minimumSurplus, timeInTarget } from './target.ts';
import { wifiLevel } from './wifi-level.ts';

const computations: Readonly<Record<KpiId, (evidence: Evidence) => readonly Figure[]>> = {
  time_occupancy: timeOccupancy,
  people_present: peoplePresent,
  utilisation,
  sessions,
  dwell,
  turnover,
  busiest,
  minimum_surplus: minimumSurplus,
  time_in_target: timeInTarget,
  counter_drift: counterDrift,
  wifi_coverage: wifiLevel('coverage'),
  wifi_capacity: wifiLevel('capacity'),
  wifi_throughput: wifiLevel('throughput'),
  wifi_time_to_connect: wifiLevel('time_to_connect'),
  wifi_successful_connects: wifiLevel('successful_connects'),
  wifi_roaming: wifiLevel('roaming'),
  wifi_ap_health: wifiLevel('ap_health'),
  probe_latency: probeLatency,
  probe_loss: probeLoss,
  energy,
  energy_by_band: energyByBand,
  energy_cost: energyCost,
  peak_power: peakPower,
  base_load: baseLoad,
  load_factor: loadFactor,
  energy_per_occupied_hour: energyPerOccupiedHour,
  power_factor: powerFactor,
  phase_imbalance: phaseImbalance,
  savings,
  device_health: deviceHealth,
};

/** The rows of a figure for one group in one window. Pure: same evidence, same figures. */
export const computeKpi = (id: KpiId, evidence: Evidence): readonly Figure[] => computations[id](evidence);

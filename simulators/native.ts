import { buildTopic } from '../model/topic.ts';
import type { Dialect } from './dialect.ts';
import type {
  AccessPointState,
  CounterState,
  MeterState,
  PowerState,
  ProbeState,
  RadioState,
  State,
  StatusState,
  WeatherState,
} from './state.ts';

type Json = boolean | number | string | undefined | { readonly [key: string]: Json };

/**
 * Aperto's own payloads on `aperto/1/{site}/{kind}/{device}`. Written from the published contract, not from the
 * decoder: a shared helper would hide a shared mistake. Keys without a value are left out.
 */
export const native: Dialect = {
  encode: (site, { clock, device, state }) => [
    {
      topic: buildTopic({ site, kind: state.kind, device: device.id }),
      payload: JSON.stringify({ t: clock, ...fieldsOf(state) }),
    },
  ],
  will: (site, device) => ({
    topic: buildTopic({ site, kind: 'status', device: device.id }),
    payload: JSON.stringify({ online: false }),
  }),
};

const fieldsOf = (state: State): Record<string, Json> => {
  switch (state.kind) {
    case 'seat':
      return { occupied: state.occupied };
    case 'counter':
      return counterFields(state);
    case 'access-point':
      return accessPointFields(state);
    case 'probe':
      return probeFields(state);
    case 'meter':
      return meterFields(state);
    case 'weather':
      return weatherFields(state);
    case 'status':
      return statusFields(state);
  }
};

const counterFields = ({ people, inTotal, outTotal }: CounterState): Record<string, Json> => ({
  people,
  in_total: inTotal,
  out_total: outTotal,
});

const accessPointFields = (state: AccessPointState): Record<string, Json> => {
  const radios: Record<string, Json> = {};
  for (const [band, radio] of Object.entries(state.radios)) radios[band] = radioFields(radio);
  return {
    clients: state.clients,
    uptime_s: state.uptimeS,
    cpu_pct: round(state.cpuPct, 10),
    memory_pct: round(state.memoryPct, 10),
    uplink_mbit_s: state.uplinkMbitS,
    radios,
  };
};

const radioFields = (radio: RadioState): Record<string, Json> => ({
  channel: radio.channel,
  clients: radio.clients,
  clients_weak: radio.clientsWeak,
  utilization_pct: round(radio.utilizationPct, 10),
  noise_dbm: round(radio.noiseDbm, 10),
  signal_dbm: maybe(radio.signalDbm, 10),
  tx_bytes: Math.round(radio.txBytes),
  rx_bytes: Math.round(radio.rxBytes),
  retries_pct: round(radio.retriesPct, 10),
  connects: radio.connects,
  connect_failures_association: radio.failures.association,
  connect_failures_authorization: radio.failures.authorization,
  connect_failures_dhcp: radio.failures.dhcp,
  connect_failures_dns: radio.failures.dns,
  time_to_connect_ms: maybe(radio.timeToConnectMs, 1),
  roams: radio.roams,
  roams_slow: radio.roamsSlow,
});

const probeFields = ({ target, latencyMs, jitterMs, lossPct }: ProbeState): Record<string, Json> => ({
  target,
  latency_ms: maybe(latencyMs, 100),
  jitter_ms: maybe(jitterMs, 100),
  loss_pct: round(lossPct, 10),
});

const meterFields = ({ total, phases }: MeterState): Record<string, Json> => {
  const byPhase: Record<string, Json> = {};
  for (const [phase, power] of Object.entries(phases)) byPhase[phase] = powerFields(power);
  return { ...powerFields(total), phases: byPhase };
};

const powerFields = (power: PowerState): Record<string, Json> => ({
  active_power_w: round(power.activePowerW, 10),
  apparent_power_va: round(power.apparentPowerVa, 10),
  reactive_power_var: round(power.reactivePowerVar, 10),
  voltage_v: round(power.voltageV, 10),
  current_a: round(power.currentA, 1000),
  power_factor: round(power.powerFactor, 1000),
  frequency_hz: round(power.frequencyHz, 100),
  energy_import_wh: round(power.energyImportWh, 100),
  energy_export_wh: round(power.energyExportWh, 100),
});

const weatherFields = (state: WeatherState): Record<string, Json> => ({
  temperature_c: round(state.temperatureC, 10),
  humidity_pct: round(state.humidityPct, 10),
  pressure_hpa: round(state.pressureHpa, 10),
  wind_m_s: round(state.windMPerS, 10),
  rain_mm_h: round(state.rainMmH, 10),
  illuminance_lx: Math.round(state.illuminanceLx),
  noise_dba: round(state.noiseDba, 10),
  pm25_ug_m3: round(state.pm25UgM3, 10),
  co2_ppm: Math.round(state.co2Ppm),
});

const statusFields = ({ online, batteryPct, batteryV, signalDbm }: StatusState): Record<string, Json> => ({
  battery_pct: maybe(batteryPct, 10),
  battery_v: maybe(batteryV, 1000),
  signal_dbm: maybe(signalDbm, 1),
  online,
});

/** Rounds to steps of 1 / `parts`; never gives a negative zero. */
const round = (value: number, parts: number): number => Math.round(value * parts) / parts + 0;

const maybe = (value: number | undefined, parts: number): number | undefined =>
  value === undefined ? undefined : round(value, parts);

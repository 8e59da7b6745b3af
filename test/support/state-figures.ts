import type { AccessPointState, PowerState, RadioState, State } from '../../simulators/state.ts';

/** `measurement tag field` and the figure in base units. */
export type Figures = Map<string, number>;

/** What a state says in the words of the model, exact: what any encoding of it must decode to, but for rounding. */
export const figuresOf = (state: State): Figures => {
  const figures: Figures = new Map();
  const add = (prefix: string, values: Readonly<Record<string, number | undefined>>): void => {
    for (const [field, value] of Object.entries(values))
      if (value !== undefined) figures.set(`${prefix} ${field}`, value);
  };
  switch (state.kind) {
    case 'seat':
      add('occupancy', { occupied: Number(state.occupied), people: Number(state.occupied) });
      break;
    case 'counter':
      add('occupancy', { people: state.people, in_total: state.inTotal, out_total: state.outTotal });
      break;
    case 'access-point':
      add('access_point', {
        clients: state.clients,
        uptime_s: state.uptimeS,
        cpu_pct: state.cpuPct,
        memory_pct: state.memoryPct,
        uplink_mbit_s: state.uplinkMbitS,
        ...heardOf(state),
      });
      for (const [band, radio] of Object.entries(state.radios)) add(`radio ${band}`, radioOf(radio));
      break;
    case 'meter':
      add('power total', powerOf(state.total));
      for (const [phase, power] of Object.entries(state.phases)) add(`power ${phase}`, powerOf(power));
      break;
    case 'weather':
      add('weather', {
        temperature_c: state.temperatureC,
        humidity_pct: state.humidityPct,
        pressure_hpa: state.pressureHpa,
        wind_m_s: state.windMPerS,
        rain_mm_h: state.rainMmH,
        illuminance_lx: state.illuminanceLx,
        noise_dba: state.noiseDba,
        pm25_ug_m3: state.pm25UgM3,
        co2_ppm: state.co2Ppm,
      });
      break;
    case 'status':
      add('device_health', {
        battery_pct: state.batteryPct,
        battery_v: state.batteryV,
        signal_dbm: state.signalDbm,
      });
      break;
    case 'probe':
      add(`probe ${state.target}`, {
        latency_ms: state.latencyMs,
        jitter_ms: state.jitterMs,
        loss_pct: state.lossPct,
      });
      break;
  }
  figures.set('device_health online', 1);
  return figures;
};

const radioOf = (radio: RadioState): Readonly<Record<string, number | undefined>> => ({
  channel: radio.channel,
  clients: radio.clients,
  clients_weak: radio.clientsWeak,
  utilization_pct: radio.utilizationPct,
  noise_dbm: radio.noiseDbm,
  signal_dbm: radio.signalDbm,
  tx_bytes: radio.txBytes,
  rx_bytes: radio.rxBytes,
  retries_pct: radio.retriesPct,
});

/** Wi-Fi devices in the street: the clients, and beside each access point one thing that is heard at -70 dBm. */
const heardOf = ({ clients, radios }: AccessPointState): Readonly<Record<string, number>> => {
  let sumDbm = -70;
  for (const { clients: own, signalDbm = 0 } of Object.values(radios)) sumDbm += own * signalDbm;
  return { devices_heard: clients + 1, devices_heard_signal_dbm: sumDbm / (clients + 1) };
};

const powerOf = (power: PowerState): Readonly<Record<string, number>> => ({
  active_power_w: power.activePowerW,
  apparent_power_va: power.apparentPowerVa,
  reactive_power_var: power.reactivePowerVar,
  voltage_v: power.voltageV,
  current_a: power.currentA,
  power_factor: power.powerFactor,
  frequency_hz: power.frequencyHz,
  energy_import_wh: power.energyImportWh,
  energy_export_wh: power.energyExportWh,
});

/**
 * What three phases have together, each counted by itself: some meters have no other total. Energy that one phase gives
 * back while another takes it is in both of these counters.
 */
export const sumOfPhases = (figures: Figures, figure: string): number | undefined => {
  if (!/^power total (?:active|reactive|energy)/.test(figure)) return undefined;
  let sum = 0;
  for (const phase of ['a', 'b', 'c']) sum += figures.get(figure.replace('total', phase)) ?? Number.NaN;
  return Number.isNaN(sum) ? undefined : sum;
};

/** Half a step of the coarsest format; a little more, because a sum of roundings may be further off. */
const tolerances: Readonly<Record<string, number>> = {
  active_power_w: 0.51,
  apparent_power_va: 0.51,
  reactive_power_var: 0.51,
  voltage_v: 0.51,
  current_a: 0.0051,
  power_factor: 0.0051,
  frequency_hz: 0.051,
  energy_import_wh: 5.01,
  energy_export_wh: 5.01,
  temperature_c: 0.051,
  humidity_pct: 0.51,
  pressure_hpa: 0.051,
  wind_m_s: 0.051,
  rain_mm_h: 0.051,
  illuminance_lx: 0.51,
  noise_dba: 0.51,
  pm25_ug_m3: 0.51,
  co2_ppm: 0.51,
  utilization_pct: 0.51,
  latency_ms: 0.0051,
  jitter_ms: 0.0051,
  loss_pct: 0.051,
  tx_bytes: 0.51,
  rx_bytes: 0.51,
  retries_pct: 0.0051,
  noise_dbm: 0.51,
  signal_dbm: 0.51,
  devices_heard_signal_dbm: 0.51,
  cpu_pct: 0.51,
  memory_pct: 0.51,
  battery_pct: 0.51,
  battery_v: 0.0051,
};

/** How far a sum of three decoded figures may be from the sum of what was measured. */
export const sumToleranceOf = (figure: string): number => 3 * toleranceOf(figure);

/** How far a decoded figure may be from what was measured. Counts, states and channels are exact. */
export const toleranceOf = (figure: string): number => tolerances[figure.split(' ').at(-1) ?? ''] ?? 0;

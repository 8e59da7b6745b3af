/**
 * What a device measures at an instant: numbers in the units of the model, not yet rounded and not yet in any
 * vendor's words. Encoders (native.ts and others) turn them into topics and bytes. An absent number was not
 * measured: no signal without a client, no latency without an answer.
 */
export interface SeatState {
  readonly kind: 'seat';
  readonly occupied: boolean;
}

export interface CounterState {
  readonly kind: 'counter';
  readonly people: number;
  readonly inTotal: number;
  readonly outTotal: number;
}

export const radioBands = ['2.4', '5', '6'] as const;
export type RadioBand = (typeof radioBands)[number];

export interface RadioState {
  readonly channel: number;
  readonly clients: number;
  readonly clientsWeak: number;
  readonly utilizationPct: number;
  readonly noiseDbm: number;
  readonly signalDbm?: number;
  readonly txBytes: number;
  readonly rxBytes: number;
  readonly retriesPct: number;
  readonly connects: number;
  readonly failures: Readonly<Record<FailureCause, number>>;
  readonly timeToConnectMs?: number;
  readonly roams: number;
  readonly roamsSlow: number;
}

export const failureCauses = ['association', 'authorization', 'dhcp', 'dns'] as const;
export type FailureCause = (typeof failureCauses)[number];
export const perCause = <T>(of: (cause: FailureCause) => T): Record<FailureCause, T> => ({
  association: of('association'),
  authorization: of('authorization'),
  dhcp: of('dhcp'),
  dns: of('dns'),
});

export interface AccessPointState {
  readonly kind: 'access-point';
  readonly clients: number;
  readonly uptimeS: number;
  readonly cpuPct: number;
  readonly memoryPct: number;
  readonly uplinkMbitS: number;
  readonly radios: Readonly<Partial<Record<RadioBand, RadioState>>>;
}

export interface ProbeState {
  readonly kind: 'probe';
  readonly target: string;
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  readonly lossPct: number;
}

export const phaseNames = ['a', 'b', 'c'] as const;
export type PhaseName = (typeof phaseNames)[number];

export interface PowerState {
  readonly activePowerW: number;
  readonly apparentPowerVa: number;
  readonly reactivePowerVar: number;
  readonly voltageV: number;
  readonly currentA: number;
  readonly powerFactor: number;
  readonly frequencyHz: number;
  readonly energyImportWh: number;
  readonly energyExportWh: number;
}

export interface MeterState {
  readonly kind: 'meter';
  readonly total: PowerState;
  /** Only the phases that the meter has. */
  readonly phases: Readonly<Partial<Record<PhaseName, PowerState>>>;
}

export interface WeatherState {
  readonly kind: 'weather';
  readonly temperatureC: number;
  readonly humidityPct: number;
  readonly pressureHpa: number;
  readonly windMPerS: number;
  readonly rainMmH: number;
  readonly illuminanceLx: number;
  readonly noiseDba: number;
  readonly pm25UgM3: number;
  readonly co2Ppm: number;
}

/** How the device itself is. Mains-powered devices have no battery to speak of. */
export interface StatusState {
  readonly kind: 'status';
  readonly online: boolean;
  readonly batteryPct?: number;
  readonly batteryV?: number;
  readonly signalDbm?: number;
}

export type State =
  | SeatState
  | CounterState
  | AccessPointState
  | ProbeState
  | MeterState
  | WeatherState
  | StatusState;

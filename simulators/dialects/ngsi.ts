import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import { type MeterState, type PowerState, phaseNames, type WeatherState } from '../state.ts';
import { addressOf, type Named, round, type Vendor } from './vendor.ts';

const types = {
  seat: 'Seat',
  counter: 'CrowdFlowObserved',
  meter: 'ThreePhaseAcMeasurement',
  weather: 'WeatherObserved',
} as const;
type Spoken = keyof typeof types;
const isSpoken = (kind: string): kind is Spoken => Object.hasOwn(types, kind);

const idOf = (site: Site, { id, kind }: Named): string =>
  `urn:ngsi-ld:${isSpoken(kind) ? types[kind] : 'Device'}:${site.id}-${id}`;

/**
 * Notifications of a FIWARE context broker [NGSI-v2; ETSI GS CIM 009; Smart Data Models]. It depends on the
 * subscription which form they have: here NGSI-v2 normalized of seats and counters, NGSI-v2 key-values of the weather,
 * NGSI-LD of meters.
 */
export const ngsi: Vendor = {
  covers: ['seat', 'counter', 'meter', 'weather'],
  identities: (site, device) => [idOf(site, device)],
  speak: (site): Dialect => ({
    encode: (_, sample) => {
      const payload = notificationOf(idOf(site, sample.device), sample);
      return payload === undefined ? [] : [{ topic: 'hooks/ngsi', payload: JSON.stringify(payload) }];
    },
    will: () => undefined,
    hook: () => 'ngsi',
  }),
};

const notificationOf = (id: string, { clock, state }: Sample): object | undefined => {
  const at = new Date(clock).toISOString();
  switch (state.kind) {
    case 'seat':
      return version2(id, types.seat, at, { status: state.occupied ? 'occupied' : 'free' });
    case 'counter':
      return version2(id, types.counter, at, { peopleCount: state.people });
    case 'weather':
      return keyValues(id, at, state);
    case 'meter':
      return linkedData(id, at, state);
    default:
      return undefined;
  }
};

const subscriptionOf = (id: string): string => addressOf(24, 'subscription', id);

/** Every attribute with its type and its metadata. */
const version2 = (
  id: string,
  type: string,
  at: string,
  values: Readonly<Record<string, string | number>>,
) => ({
  subscriptionId: subscriptionOf(id),
  data: [
    {
      id,
      type,
      dateObserved: { type: 'DateTime', value: at, metadata: {} },
      ...Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          { type: typeof value === 'number' ? 'Number' : 'Text', value, metadata: {} },
        ]),
      ),
    },
  ],
});

/** The data model has humidity as a share. */
const keyValues = (id: string, at: string, state: WeatherState) => ({
  subscriptionId: subscriptionOf(id),
  data: [
    {
      id,
      type: types.weather,
      dateObserved: at,
      temperature: round(state.temperatureC, 10),
      relativeHumidity: round(state.humidityPct / 100, 1000),
      atmosphericPressure: round(state.pressureHpa, 10),
      windSpeed: round(state.windMPerS, 10),
      illuminance: Math.round(state.illuminanceLx),
    },
  ],
});

type PowerOf = (power: PowerState) => number;

/** Quantities of the data model: unit code [UN/CEFACT Recommendation 20] and figure. */
const perPhase: Readonly<Record<string, readonly [string, PowerOf]>> = {
  activePower: ['WTT', (power) => round(power.activePowerW, 10)],
  reactivePower: ['D44', (power) => round(power.reactivePowerVar, 10)],
  phaseVoltage: ['VLT', (power) => round(power.voltageV, 10)],
  current: ['AMP', (power) => round(power.currentA, 1000)],
};
const ofTotal: Readonly<Record<string, readonly [string, PowerOf]>> = {
  totalActivePower: ['WTT', (power) => round(power.activePowerW, 10)],
  totalReactivePower: ['D44', (power) => round(power.reactivePowerVar, 10)],
  totalApparentPower: ['D46', (power) => round(power.apparentPowerVa, 10)],
  totalActiveEnergyImport: ['KWH', (power) => round(power.energyImportWh / 1000, 1000)],
  totalActiveEnergyExport: ['KWH', (power) => round(power.energyExportWh / 1000, 1000)],
  frequency: ['HTZ', (power) => round(power.frequencyHz, 100)],
};

const linkedData = (id: string, at: string, { total, phases }: MeterState) => {
  const property = (unitCode: string, value: unknown) => ({
    type: 'Property',
    value,
    unitCode,
    observedAt: at,
  });
  const byPhase = (of: PowerOf) =>
    Object.fromEntries(
      phaseNames.flatMap((name, index) => {
        const power = phases[name];
        return power === undefined ? [] : [[`L${index + 1}`, of(power)]];
      }),
    );
  return {
    id: `urn:ngsi-ld:Notification:${addressOf(12, id, at)}`,
    type: 'Notification',
    subscriptionId: `urn:ngsi-ld:Subscription:${subscriptionOf(id)}`,
    notifiedAt: at,
    data: [
      {
        id,
        type: types.meter,
        ...Object.fromEntries(
          Object.entries(ofTotal).map(([name, [code, of]]) => [name, property(code, of(total))]),
        ),
        ...Object.fromEntries(
          Object.entries(perPhase).map(([name, [code, of]]) => [name, property(code, byPhase(of))]),
        ),
      },
    ],
  };
};

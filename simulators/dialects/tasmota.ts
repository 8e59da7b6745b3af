import { Temporal } from 'temporal-polyfill';
import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import { type MeterState, type PowerState, phaseNames } from '../state.ts';
import { isThreePhase, type Named, round, type Vendor } from './vendor.ts';

/** `%topic%`, as the owner sets it. */
const topicOf = (site: Site, { id }: Named): string => `${site.id}-${id}`;

/**
 * Tasmota [Tasmota documentation: MQTT, Energy]: `SENSOR` with the meter's figures and `STATE` with those of the
 * device, each with the local time without an offset. Energy is in kWh; a three-phase meter sends arrays.
 */
export const tasmota: Vendor = {
  covers: ['meter'],
  identities: (site, device) => [topicOf(site, device)],
  speak: (site): Dialect => {
    const tele = (device: Named, level: string, payload: string): Encoded => ({
      topic: `tele/${topicOf(site, device)}/${level}`,
      payload,
    });
    const Time = ({ clock }: Sample): string => localTime(clock, site.timezone);
    return {
      hello: (_, { device }) => [tele(device, 'LWT', 'Online')],
      encode: (_, sample) => {
        const { device, state } = sample;
        if (state.kind !== 'meter') return [];
        const ENERGY = isThreePhase(site, device) ? threePhaseOf(state) : energyOf(state.total);
        return [
          tele(device, 'STATE', JSON.stringify({ Time: Time(sample), SleepMode: 'Dynamic', Sleep: 50 })),
          tele(device, 'SENSOR', JSON.stringify({ Time: Time(sample), ENERGY })),
        ];
      },
      will: (_, device) => tele(device, 'LWT', 'Offline'),
    };
  },
};

/** `2026-06-23T10:00:00`: whole seconds, no offset. */
const localTime = (time: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(time)
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
    .toString({ fractionalSecondDigits: 0, roundingMode: 'floor' });

const kWh = (energyWh: number): number => round(energyWh / 1000, 1000);

const energyOf = (power: PowerState): Readonly<Record<string, number>> => ({
  Total: kWh(power.energyImportWh),
  Power: round(power.activePowerW, 1),
  ApparentPower: round(power.apparentPowerVa, 1),
  ReactivePower: round(power.reactivePowerVar, 1),
  Factor: round(power.powerFactor, 100),
  Frequency: round(power.frequencyHz, 10),
  Voltage: round(power.voltageV, 1),
  Current: round(power.currentA, 1000),
  ExportActive: kWh(power.energyExportWh),
});

const threePhaseOf = ({
  total,
  phases,
}: MeterState): Readonly<Record<string, number | readonly number[]>> => {
  const each = (of: (power: PowerState) => number): readonly number[] =>
    phaseNames.flatMap((name) => {
      const power = phases[name];
      return power === undefined ? [] : [of(power)];
    });
  return {
    Total: kWh(total.energyImportWh),
    Power: each((power) => round(power.activePowerW, 1)),
    ApparentPower: each((power) => round(power.apparentPowerVa, 1)),
    ReactivePower: each((power) => round(power.reactivePowerVar, 1)),
    Factor: each((power) => round(power.powerFactor, 100)),
    Frequency: round(total.frequencyHz, 10),
    Voltage: each((power) => round(power.voltageV, 1)),
    Current: each((power) => round(power.currentA, 1000)),
    ImportActive: each((power) => kWh(power.energyImportWh)),
    ExportActive: each((power) => kWh(power.energyExportWh)),
  };
};

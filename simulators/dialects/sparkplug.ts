import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import { type MeterState, type PowerState, phaseNames } from '../state.ts';
import { datatypes, encodePayload, type Metric } from './sparkplug-payload.ts';
import { type Named, round, type Vendor } from './vendor.ts';

const nodeOf = ({ id }: Named): string => `edge-${id}`;

/**
 * Sparkplug B [Sparkplug 3.0.0]: each meter is the one device of an edge node. NBIRTH and DBIRTH give names, aliases,
 * types and units; DDATA has aliases alone. Messages of a node are numbered from its birth on, 0 to 255, so the
 * bytes of a span depend on where it begins. Who missed a birth asks for it with a command.
 */
export const sparkplug: Vendor = {
  covers: ['meter'],
  identities: (site, device) => [`${site.id}/${nodeOf(device)}/${device.id}`, `${site.id}/${nodeOf(device)}`],
  speak: (site) => speak(site),
};

/** One session for the whole run, so its number pairs each birth with the death that the broker holds. */
const bdSeq = (timestamp: number): Metric => ({
  name: 'bdSeq',
  timestamp,
  datatype: datatypes.uint64,
  longValue: 0,
});

const speak = (site: Site): Dialect => {
  const numbers = new Map<string, number>();
  const next = (device: Named): number => {
    const seq = ((numbers.get(device.id) ?? -1) + 1) % 256;
    numbers.set(device.id, seq);
    return seq;
  };
  const topicOf = (type: string, device: Named): string => `spBv1.0/${site.id}/${type}/${nodeOf(device)}`;
  return {
    hello: (_, { clock, device, state }) => {
      if (state.kind !== 'meter') return [];
      numbers.delete(device.id);
      const node = [
        bdSeq(clock),
        {
          name: 'Node Control/Rebirth',
          timestamp: clock,
          datatype: datatypes.boolean,
          booleanValue: false,
        },
      ];
      return [
        { topic: topicOf('NBIRTH', device), payload: encodePayload(clock, node, next(device)) },
        {
          topic: `${topicOf('DBIRTH', device)}/${device.id}`,
          payload: encodePayload(clock, bornOf(state, clock), next(device)),
        },
      ];
    },
    encode: (_, { clock, device, state }): readonly Encoded[] =>
      state.kind === 'meter'
        ? [
            {
              topic: `${topicOf('DDATA', device)}/${device.id}`,
              payload: encodePayload(clock, dataOf(state, clock), next(device)),
            },
          ]
        : [],
    will: (_, device) => ({
      topic: topicOf('NDEATH', device),
      payload: encodePayload(0, [bdSeq(0)], undefined),
    }),
    greetOn: (_, device) => topicOf('NCMD', device),
  };
};

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

const figuresOf = ({ total, phases }: MeterState): readonly Figure[] => [
  ...powerOf('', total),
  ...phaseNames.flatMap((name, index) => {
    const power = phases[name];
    return power === undefined ? [] : powerOf(`L${index + 1}/`, power);
  }),
];

const powerOf = (folder: string, power: PowerState): readonly Figure[] => [
  { name: `${folder}Active Power`, unit: 'kW', value: round(power.activePowerW / 1000, 10_000) },
  { name: `${folder}Reactive Power`, unit: 'kvar', value: round(power.reactivePowerVar / 1000, 10_000) },
  { name: `${folder}Voltage`, unit: 'V', value: round(power.voltageV, 10) },
  { name: `${folder}Current`, unit: 'A', value: round(power.currentA, 1000) },
  { name: `${folder}Energy Import`, unit: 'kWh', value: round(power.energyImportWh / 1000, 1000) },
  { name: `${folder}Energy Export`, unit: 'kWh', value: round(power.energyExportWh / 1000, 1000) },
];

/** Aliases are the places of the figures. */
const bornOf = (state: MeterState, timestamp: number): readonly Metric[] =>
  figuresOf(state).map(({ name, unit, value }, alias) => ({
    name,
    alias,
    timestamp,
    datatype: datatypes.double,
    doubleValue: value,
    unit,
  }));

const dataOf = (state: MeterState, timestamp: number): readonly Metric[] =>
  figuresOf(state).map(({ value }, alias) => ({ alias, timestamp, doubleValue: value }));

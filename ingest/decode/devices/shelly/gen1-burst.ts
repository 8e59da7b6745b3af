import type { Phase } from '../../../../model/power.ts';
import type { Context } from '../../definition.ts';
import { type Gatherer, isRecord, toNumber } from '../../measure.ts';
import type { Json, Memory } from '../../memory.ts';

/** A device tells of its three emeters one topic after the other; what is further apart was not told together. */
const burstMs = 5_000;

type ChannelPhase = Exclude<Phase, 'total'>;

interface Told {
  readonly at: number;
  readonly value: number;
}

/** Quantities whose sum over the phases means something, and where it goes. */
const totals: Readonly<Record<string, string>> = {
  power: 'active_power_w',
  reactive_power: 'reactive_power_var',
  total: 'energy_import_wh',
  total_returned: 'energy_export_wh',
};

/**
 * Adds the total of a three-phase meter once all of its phases told a quantity in one burst. Each figure goes into one
 * sum at most, so where a phase falls silent there is no total.
 */
export const gatherTotal = (
  gatherer: Gatherer,
  {
    device,
    phase,
    quantity,
  }: { readonly device: string; readonly phase: ChannelPhase; readonly quantity: string },
  payload: string,
  { memory, receivedAt }: Context,
): void => {
  const field = Object.hasOwn(totals, quantity) ? totals[quantity] : undefined;
  const value = toNumber(payload);
  if (field === undefined || value === undefined) return;
  const key = `shelly/burst/${device}/${quantity}`;
  const burst = new Map(toldOf(memory, key).filter(([, { at }]) => Math.abs(receivedAt - at) <= burstMs));
  burst.set(phase, { at: receivedAt, value });
  if (burst.size < 3) {
    memory.set(
      key,
      Object.fromEntries([...burst].map(([name, told]): [string, Json] => [name, { ...told }])),
    );
    return;
  }
  memory.delete(key);
  const sum = [...burst.values()].reduce((total, told) => total + told.value, 0);
  gatherer.add({ device }, 'power', field, Number(sum.toPrecision(12)), { phase: 'total' });
};

const toldOf = (memory: Memory, key: string): [string, Told][] =>
  Object.entries(memory.get(key) ?? {}).flatMap(([phase, told]: [string, unknown]) =>
    isRecord(told) && typeof told.at === 'number' && typeof told.value === 'number'
      ? [[phase, { at: told.at, value: told.value }]]
      : [],
  );

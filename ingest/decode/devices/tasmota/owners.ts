import type { Memory } from '../../memory.ts';

/**
 * Which of a device's sensors speaks for the device: where two measure the same, the first that was ever heard, so
 * that a sensor that drops out does not hand its series to another.
 */
export class Owners {
  readonly #key: string;
  readonly #memory: Memory;
  readonly #sensors: Map<string, string>;
  #changed = false;

  constructor(device: string, memory: Memory) {
    this.#key = `tasmota/owners/${device}`;
    this.#memory = memory;
    this.#sensors = sensorsFrom(memory.get(this.#key));
  }

  owns(sensor: string, field: string): boolean {
    const owner = this.#sensors.get(field);
    if (owner !== undefined) return owner === sensor;
    this.#sensors.set(field, sensor);
    this.#changed = true;
    return true;
  }

  remember(): void {
    if (this.#changed) this.#memory.set(this.#key, Object.fromEntries(this.#sensors));
  }
}

const sensorsFrom = (known: unknown): Map<string, string> => {
  const sensors = new Map<string, string>();
  if (typeof known !== 'object' || known === null) return sensors;
  for (const [field, sensor] of Object.entries(known)) {
    if (typeof sensor === 'string') sensors.set(field, sensor);
  }
  return sensors;
};

import { Decoder } from '../../ingest/decode/decoder.ts';
import { devices } from '../../ingest/decode/devices/index.ts';
import { VolatileMemory } from '../../ingest/decode/memory.ts';
import type { Reading } from '../../model/point.ts';
import type { Message } from '../../simulators/messages.ts';
import type { Sample } from '../../simulators/sample.ts';
import { type Figures, figuresOf, sumOfPhases, sumToleranceOf, toleranceOf } from './state-figures.ts';

const timeToleranceMs = 1_000;

/** Figures of which the street knows nothing: each format makes up its radio link. */
const madeUp = new Set(['device_health link_quality', 'device_health snr_db', 'device_health signal_dbm']);

const keyOf = ({ measurement, tags }: Reading, field: string): string =>
  [measurement, ...Object.values(tags), field].join(' ');

/** Decodes what simulated devices say, and compares it with what they measured. */
export class Listener {
  readonly problems = new Set<string>();
  /** All that decode answered, as text. */
  said = '';
  compared = 0;
  private readonly decoder: Decoder;
  private readonly fields = new Map<string, Set<string>>();

  constructor(timezone: string) {
    this.decoder = new Decoder({ definitions: devices, memory: new VolatileMemory(10_000), timezone });
  }

  /** `measurement: field field …` of all that was heard. */
  get heard(): readonly string[] {
    return [...this.fields]
      .map(([measurement, seen]) => `${measurement}: ${[...seen].sort().join(' ')}`)
      .sort();
  }

  /** All messages of one sample; of a figure that several of them carry the last one counts. */
  hear(messages: readonly Message[], sample: Sample, identities: readonly string[]): void {
    const figures: Figures = new Map();
    for (const message of messages) {
      for (const reading of this.decode(message, sample.time)) {
        this.check(reading, sample, identities);
        for (const [field, value] of Object.entries(reading.fields))
          this.note(figures, reading, field, value);
      }
    }
    this.compare(figures, sample);
  }

  private decode({ topic, payload }: Message, time: number): readonly Reading[] {
    const answer = this.decoder.decode(topic, Buffer.from(payload), time);
    this.said += JSON.stringify(answer);
    if (answer.kind === 'nothing') return [];
    if (answer.kind !== 'readings' || answer.doubts !== undefined || answer.rebirth !== undefined)
      this.problems.add(`${topic}: ${JSON.stringify(answer)}`);
    return answer.kind === 'readings' ? answer.readings : [];
  }

  private check(
    { device, time = Number.NaN }: Reading,
    { clock }: Sample,
    identities: readonly string[],
  ): void {
    if (!identities.includes(device)) this.problems.add(`${device} is in no site file`);
    if (Math.abs(time - clock) >= timeToleranceMs) this.problems.add(`${device}: ${time - clock} ms off`);
  }

  private note(figures: Figures, reading: Reading, field: string, value: number): void {
    figures.set(keyOf(reading, field), value);
    const seen = this.fields.get(reading.measurement) ?? new Set();
    this.fields.set(reading.measurement, seen.add(field));
  }

  private compare(figures: Figures, { device, state }: Sample): void {
    const measured = figuresOf(state);
    for (const [figure, value] of figures) {
      const exact = measured.get(figure);
      this.compared++;
      const sum = sumOfPhases(measured, figure) ?? Number.NaN;
      if (exact === undefined ? madeUp.has(figure) : Math.abs(value - exact) <= toleranceOf(figure)) continue;
      if (Math.abs(value - sum) <= sumToleranceOf(figure)) continue;
      this.problems.add(`${device.id}: ${figure} is ${value}, measured ${exact}`);
    }
  }
}

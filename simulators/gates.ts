import { distance, type Place, type Placed } from './plan.ts';
import type { Random } from './random.ts';

/** Metres per second of somebody in no hurry. */
const strollMPerS = 1.1;

/** A way that people take to a place. */
export interface Way {
  readonly counter: string | undefined;
  readonly walkMs: number;
}

/** The ways in and out of the street, one at each people counter. Near ones are taken more often. */
export class Gates {
  private readonly counters: readonly Placed[];
  private readonly known = new Map<
    Place,
    readonly { readonly id: string; readonly metres: number; readonly upTo: number }[]
  >();

  constructor(counters: readonly Placed[]) {
    this.counters = counters;
  }

  /** Two draws. The walk takes at least five seconds. */
  pick(at: Place, random: Random): Way {
    const gates = this.seenFrom(at);
    const ticket = random.float() * (gates.at(-1)?.upTo ?? 0);
    const gate = gates.find(({ upTo }) => ticket < upTo);
    const walkMs = (5 + ((gate?.metres ?? 10) / strollMPerS) * random.between(0.9, 1.8)) * 1000;
    return { counter: gate?.id, walkMs };
  }

  private seenFrom(
    at: Place,
  ): readonly { readonly id: string; readonly metres: number; readonly upTo: number }[] {
    let gates = this.known.get(at);
    if (gates === undefined) {
      let upTo = 0;
      gates = this.counters.map((counter) => {
        const metres = distance(counter.at, at);
        upTo += 1 / (8 + metres);
        return { id: counter.id, metres, upTo };
      });
      this.known.set(at, gates);
    }
    return gates;
  }
}

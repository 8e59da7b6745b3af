import type { Day } from './calendar.ts';
import type { Circuit } from './circuit.ts';
import { type Energy, Profile } from './profile.ts';

/** A part of a circuit's power that runs through a channel. */
export interface Part {
  readonly circuit: Circuit;
  readonly profile: Profile;
  readonly share: number;
}

/** What one channel of a meter, the total or a phase, carries on one day. */
export class Channel {
  private readonly parts: readonly Part[];
  private readonly profile: Profile;
  private readonly share: number;

  private constructor(parts: readonly Part[], profile: Profile, share: number) {
    this.parts = parts;
    this.profile = profile;
    this.share = share;
  }

  static of(day: Day, parts: readonly Part[]): Channel {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return new Channel(parts, only.profile, only.share);
    return new Channel(parts, Profile.sum(day, parts), 1);
  }

  activeW(time: number): number {
    return this.share * this.profile.at(time);
  }

  reactiveVar(time: number): number {
    let sum = 0;
    for (const { circuit, profile, share } of this.parts) {
      sum += share * (circuit.reactive.slope * profile.at(time) + circuit.reactive.offset);
    }
    return sum;
  }

  /** Since the day began. */
  energy(time: number): Energy {
    return this.scaled(this.profile.energyAt(time));
  }

  /** Of the whole day. */
  get total(): Energy {
    return this.scaled(this.profile.total);
  }

  private scaled({ importWh, exportWh }: Energy): Energy {
    return { importWh: this.share * importWh, exportWh: this.share * exportWh };
  }
}

/** How much of a circuit runs over a phase of a meter; what the meter has no phase for runs over its first. */
export const shareOf = (circuit: Circuit, meter: Circuit, phase: Circuit['phases'][number]): number => {
  const carried = circuit.phases.map((own) => (meter.phases.includes(own) ? own : meter.phases[0]));
  return carried.filter((own) => own === phase).length / circuit.phases.length;
};

import { ApertoError } from '../../model/errors.ts';
import type { Delivery } from '../delivery.ts';
import type { Random, Seed } from '../random.ts';
import type { Sample } from '../sample.ts';
import { counterReset } from './counter-reset.ts';
import { disconnect } from './disconnect.ts';
import { duplicate } from './duplicate.ts';
import type { Fault, FaultKind } from './fault.ts';
import { garbage } from './garbage.ts';
import { type FaultName, faultNames } from './names.ts';
import { reorder } from './reorder.ts';
import { silence } from './silence.ts';
import { skew } from './skew.ts';

/** All faults, in the order in which they meet a message. */
const faultKinds: Readonly<Record<string, FaultKind>> = {
  skew,
  'counter-reset': counterReset,
  silence,
  garbage,
  duplicate,
  reorder,
  disconnect,
} satisfies Record<FaultName, FaultKind>;

/** The faults of one run, and how often each struck. */
export class Faults {
  private readonly faults: readonly Fault[];
  private readonly struck: Map<string, number>;

  /**
   * @param list names, each with its own probability if wanted: `garbage`, `duplicate=0.05`
   * @throws ApertoError `usage` for an unknown name or a probability that is none
   */
  constructor(list: readonly string[], seed: Seed) {
    const wanted = new Map(list.map(parseFault));
    const chosen = Object.entries(faultKinds).filter(([name]) => wanted.has(name));
    this.struck = new Map(chosen.map(([name]) => [name, 0]));
    this.faults = chosen.map(([name, kind]) =>
      kind.create({
        probability: wanted.get(name) ?? kind.probability,
        random: streams(seed.derive('fault', name)),
        count: () => this.struck.set(name, (this.struck.get(name) ?? 0) + 1),
      }),
    );
  }

  /** Messages that each fault changed, added, moved, withheld or cut. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.struck);
  }

  distort(sample: Sample): Sample {
    return this.faults.reduce((current, fault) => fault.distort?.(current) ?? current, sample);
  }

  deliver(delivery: Delivery): readonly Delivery[] {
    return this.pass([delivery], 0);
  }

  /** What was held back; later faults still meet it. */
  flush(): readonly Delivery[] {
    return this.faults.flatMap((fault, index) => this.pass(fault.flush?.() ?? [], index + 1));
  }

  private pass(deliveries: readonly Delivery[], first: number): readonly Delivery[] {
    let current = deliveries;
    for (const fault of this.faults.slice(first)) {
      if (fault.deliver !== undefined) current = current.flatMap((one) => fault.deliver?.(one) ?? [one]);
    }
    return current;
  }
}

const parseFault = (text: string): [string, number | undefined] => {
  const [name = '', share, ...rest] = text.trim().split('=');
  if (!Object.hasOwn(faultKinds, name)) {
    throw new ApertoError('usage', `unknown fault "${name}"; the faults are ${faultNames.join(', ')}`);
  }
  if (share === undefined) return [name, undefined];
  const probability = Number(share);
  if (rest.length > 0 || share.trim() === '' || !(probability >= 0 && probability <= 1)) {
    throw new ApertoError('usage', `fault "${text}": write a probability from 0 to 1, such as ${name}=0.05`);
  }
  return [name, probability];
};

const streams = (seed: Seed): ((device: string) => Random) => {
  const known = new Map<string, Random>();
  return (device) => {
    const random = known.get(device) ?? seed.random(device);
    known.set(device, random);
    return random;
  };
};

import { createHash } from 'node:crypto';
import { type Image, SimulatedDisk } from './disk.ts';
import { Promises } from './program.ts';
import { survivorsOf } from './survivors.ts';
import { started, type Traced } from './trace.ts';

/** One power cut: when, how, what the disk held then, and what had been promised by then. */
export interface Cut {
  readonly name: string;
  readonly image: Image;
  readonly acked: ReadonlySet<number>;
  readonly begun: ReadonlySet<number>;
  readonly settling: ReadonlySet<number>;
  readonly settled: ReadonlySet<number>;
  readonly quarantined: number;
}

/** Of a long run of writes between two syncs these are cut: a commit of 4 MB has a thousand of them, all alike. */
const alike = { ends: 3, every: 97 };

/** Whether the power is cut after an operation: not after each of a long run. */
const isChosen = (operations: readonly Traced[], index: number): boolean => {
  const isWrite = (at: number): boolean => operations[at]?.kind === 'write';
  let before = 0;
  while (before <= alike.ends && isWrite(index - before - 1)) before++;
  let behind = 0;
  while (behind <= alike.ends && isWrite(index + behind + 1)) behind++;
  return !isWrite(index) || before < alike.ends || behind < alike.ends || index % alike.every === 0;
};

/**
 * Every power cut after an operation, in each way that it may go; images that are alike come once, with all that was
 * promised by the last of them.
 */
export const cutsOf = (operations: readonly Traced[], everyWrite = false): Cut[] => {
  const disk = new SimulatedDisk();
  const promises = new Promises();
  const cuts = new Map<string, Cut>();
  const first = operations.findIndex((operation) => operation.kind === 'said' && operation.line === started);
  for (const [index, operation] of operations.entries()) {
    if (operation.kind === 'said') promises.hear(operation.line);
    else disk.do(operation);
    if (index < first || (!everyWrite && !isChosen(operations, index))) continue;
    for (const [way, survivors] of Object.entries(survivorsOf(index))) {
      const image = disk.cut(survivors);
      const { begun, acked, settling, settled, quarantined } = promises;
      cuts.set(digestOf(image), {
        name: `after operation ${index} (${operation.kind}), ${way}`,
        image,
        begun: new Set(begun),
        acked: new Set(acked),
        settling: new Set(settling),
        settled: new Set(settled),
        quarantined,
      });
    }
  }
  return [...cuts.values()];
};

const digestOf = (image: Image): string => {
  const hash = createHash('sha1');
  for (const [name, bytes] of [...image].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name} ${bytes.length} `).update(bytes);
  return hash.digest('hex');
};

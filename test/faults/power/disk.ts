/** One thing that a program did to files of one directory. A file keeps its number when it is renamed. */
export type DiskOperation =
  | { readonly kind: 'create'; readonly name: string; readonly file: number }
  | { readonly kind: 'write'; readonly file: number; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: number; readonly size: number }
  | { readonly kind: 'sync'; readonly file: number }
  | { readonly kind: 'sync-directory' }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly name: string };

export type Change = Extract<DiskOperation, { kind: 'write' | 'truncate' }>;
type Entry = Extract<DiskOperation, { kind: 'create' | 'rename' | 'unlink' }>;

/** Content of each file by its name: what a machine finds when its power is back. */
export type Image = ReadonlyMap<string, Buffer>;

/** What of the changes that were not synced reached the disk all the same, perhaps in part. */
export interface Survivors {
  readonly changes: (changes: readonly Change[]) => readonly Change[];
  /** How many of the changes of names: a file system's journal keeps their order. */
  readonly entries: (count: number) => number;
}

/** A file's content with changes made to it, in order. */
const applyAll = (content: Buffer, changes: readonly Change[]): Buffer => {
  if (changes.length === 0) return content;
  const end = (change: Change): number =>
    change.kind === 'truncate' ? change.size : change.offset + change.bytes.length;
  let size = content.length;
  const changed = Buffer.alloc(Math.max(size, ...changes.map(end)));
  content.copy(changed);
  for (const change of changes) {
    if (change.kind === 'write') {
      change.bytes.copy(changed, change.offset);
      size = Math.max(size, end(change));
    } else {
      changed.fill(0, change.size);
      size = change.size;
    }
  }
  return changed.subarray(0, size);
};

const rename = (names: Map<string, number>, entry: Entry): void => {
  if (entry.kind === 'create') {
    names.set(entry.name, entry.file);
    return;
  }
  const from = entry.kind === 'rename' ? entry.from : entry.name;
  const file = names.get(from);
  names.delete(from);
  if (entry.kind === 'rename' && file !== undefined) names.set(entry.to, file);
};

/**
 * A disk that forgets, when its power is cut, what was not synced: contents by `fsync` of the file, names by `fsync`
 * of the directory. That is all that POSIX promises; most file systems keep more.
 */
export class SimulatedDisk {
  readonly #synced = new Map<number, Buffer>();
  readonly #pending: Change[] = [];
  readonly #names = new Map<string, number>();
  readonly #entries: Entry[] = [];

  do(operation: DiskOperation): void {
    switch (operation.kind) {
      case 'write':
      case 'truncate':
        this.#pending.push(operation);
        return;
      case 'sync':
        this.#sync(operation.file);
        return;
      case 'sync-directory':
        for (const entry of this.#entries.splice(0)) rename(this.#names, entry);
        return;
      default:
        this.#entries.push(operation);
    }
  }

  cut(survivors: Survivors): Image {
    const names = new Map(this.#names);
    for (const entry of this.#entries.slice(0, survivors.entries(this.#entries.length))) rename(names, entry);
    const survived = survivors.changes(this.#pending);
    const contentOf = (file: number): Buffer =>
      applyAll(
        this.#synced.get(file) ?? Buffer.alloc(0),
        survived.filter((change) => change.file === file),
      );
    return new Map([...names].map(([name, file]) => [name, contentOf(file)]));
  }

  #sync(file: number): void {
    const changes = this.#pending.filter((change) => change.file === file);
    this.#synced.set(file, applyAll(this.#synced.get(file) ?? Buffer.alloc(0), changes));
    const others = this.#pending.filter((change) => change.file !== file);
    this.#pending.splice(0, this.#pending.length, ...others);
  }
}

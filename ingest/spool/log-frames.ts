/**
 * SQLite's write-ahead log as far as damage is concerned (sqlite.org/fileformat2.html §4).
 *
 *   header   magic  version  page size  checkpoint  salt  salt  checksum  checksum     8 words, big-endian
 *   frame    page   size after a commit, else 0     salt  salt  checksum  checksum     6 words, then the page
 *
 * A frame's checksum goes on from the one before it. SQLite reads up to the first that is wrong and takes the rest for
 * a write that a crash cut off, also where the rest had been synced long ago.
 */
const headerBytes = 32;
const frameHeaderBytes = 24;
const magic = 0x377f0682;
const version = 3_007_000;
/** SQLite's default, which the spool's file has. */
const pageBytes = 4096;
const frameBytes = frameHeaderBytes + pageBytes;

type Checksum = readonly [number, number];

export interface Frame {
  readonly bytes: Buffer;
  /** Whether its checksum goes on from that of the frame before it. */
  readonly follows: boolean;
  readonly isCommit: boolean;
}

/** One log, of the generation that its header names; older frames behind it are not of it. */
export class LogFrames {
  readonly frames: readonly Frame[];
  readonly #lacksHeader: boolean;

  constructor(file: Buffer) {
    const hasFrames = file.length >= headerBytes + frameBytes;
    this.#lacksHeader = hasFrames && !isWhole(file.subarray(0, headerBytes));
    this.frames = hasFrames ? readFrames(file) : [];
  }

  /** True where nothing of it can be read, nor told how much that was: SQLite syncs the header before any frame. */
  get isLost(): boolean {
    return this.#lacksHeader && this.frames.length === 0;
  }

  /**
   * True where something was damaged that had been synced: behind the place one transaction ended and the next began,
   * which SQLite does only after a sync. What a failed commit left behind ends with that commit.
   */
  get isDamaged(): boolean {
    if (this.#lacksHeader) return true;
    const firstBad = this.frames.findIndex(({ follows }) => !follows);
    return this.frames.some(({ isCommit, follows }, index) => {
      const isBehind = firstBad >= 0 && index > firstBad;
      return isBehind && follows && isCommit && this.frames[index + 1]?.follows === true;
    });
  }

  /** The log without its bad frames, as SQLite reads it: with checksums that go through. */
  mended(): Buffer {
    const good = this.frames.filter(({ follows }) => follows);
    const header = Buffer.alloc(headerBytes);
    for (const [index, word] of [magic, version, pageBytes, 0].entries())
      header.writeUInt32BE(word, index * 4);
    good[0]?.bytes.copy(header, 16, 8, 16);
    let checksum = sum(header.subarray(0, 24), [0, 0]);
    write(header, 24, checksum);
    const frames = good.map(({ bytes }) => {
      const frame = Buffer.from(bytes);
      checksum = sumOfFrame(frame, checksum, sum);
      write(frame, 16, checksum);
      return frame;
    });
    return Buffer.concat([header, ...frames]);
  }
}

const readFrames = (file: Buffer): Frame[] => {
  const header = file.subarray(0, headerBytes);
  const hasHeader = isWhole(header);
  const add = hasHeader ? sumOf(header) : sum;
  const all = Array.from({ length: Math.floor((file.length - headerBytes) / frameBytes) }, (_, index) =>
    file.subarray(headerBytes + index * frameBytes, headerBytes + (index + 1) * frameBytes),
  );
  const linked = all.map((bytes, index) => {
    const before = index > 0 ? all[index - 1] : undefined;
    const start = before === undefined ? (hasHeader ? read(header, 24) : undefined) : read(before, 16);
    return start !== undefined && same(sumOfFrame(bytes, start, add), read(bytes, 16));
  });
  // Where the header is gone, the frames of its generation are those in front.
  const salts = hasHeader ? header.subarray(16, 24) : all[linked.indexOf(true)]?.subarray(8, 16);
  const frames = all.map((bytes, index): Frame => {
    const isOurs = salts?.equals(bytes.subarray(8, 16)) === true;
    return {
      bytes,
      follows: isOurs && linked[index] === true,
      isCommit: isOurs && bytes.readUInt32BE(4) !== 0,
    };
  });
  return frames.slice(0, frames.findLastIndex(({ follows }) => follows) + 1);
};

/** Whether the sums are of big-endian words stands in the header. */
const sumOf = (header: Buffer): typeof sum => ((header.readUInt32BE(0) & 1) === 1 ? sumBigEndian : sum);

const isWhole = (header: Buffer): boolean =>
  same(sumOf(header)(header.subarray(0, 24), [0, 0]), read(header, 24));

const sumOfFrame = (frame: Buffer, before: Checksum, add: typeof sum): Checksum =>
  add(frame.subarray(frameHeaderBytes), add(frame.subarray(0, 8), before));

const summing =
  (wordAt: (bytes: Buffer, at: number) => number) =>
  (bytes: Buffer, [first, second]: Checksum): Checksum => {
    let [a, b] = [first, second];
    for (let at = 0; at < bytes.length; at += 8) {
      a = (a + wordAt(bytes, at) + b) >>> 0;
      b = (b + wordAt(bytes, at + 4) + a) >>> 0;
    }
    return [a, b];
  };

const sum = summing((bytes, at) => bytes.readUInt32LE(at));
const sumBigEndian = summing((bytes, at) => bytes.readUInt32BE(at));

const read = (bytes: Buffer, at: number): Checksum => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];

const write = (bytes: Buffer, at: number, [first, second]: Checksum): void => {
  bytes.writeUInt32BE(first, at);
  bytes.writeUInt32BE(second, at + 4);
};

const same = (one: Checksum, other: Checksum): boolean => one[0] === other[0] && one[1] === other[1];

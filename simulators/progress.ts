import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from './simulate.ts';

export interface ProgressReport {
  readonly update: (progress: Progress) => void;
  readonly stop: () => void;
}

/** Where progress is shown: `process.stderr`. */
export type ProgressStream = Pick<WriteStream, 'isTTY' | 'write'> & NodeJS.WritableStream;

const lineEveryMs = 5_000;

/** Shows how far a back-fill is: a bar on a terminal, a line every few seconds elsewhere. */
export const reportProgress = (stream: ProgressStream): ProgressReport =>
  stream.isTTY ? bar(stream) : lines(stream);

const percentOf = ({ from, to, time }: Progress): number => Math.floor((100 * (time - from)) / (to - from));
const minuteOf = ({ time }: Progress): string => new Date(time).toISOString().slice(0, 16);

const bar = (stream: ProgressStream): ProgressReport => {
  const format =
    'back-fill {bar} {percentage} % | {until} | {acked} of {published} acknowledged | {eta_formatted}';
  const single = new SingleBar({ format, stream, hideCursor: true }, Presets.shades_classic);
  let started = false;
  return {
    update: (progress) => {
      const { published, acked } = progress;
      const payload = { published, acked, until: minuteOf(progress) };
      if (started) single.update(percentOf(progress), payload);
      else single.start(100, percentOf(progress), payload);
      started = true;
    },
    stop: () => {
      if (started) single.stop();
    },
  };
};

const lines = (stream: ProgressStream): ProgressReport => {
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    update: (progress) => {
      const done = progress.time === progress.to;
      if (!done && performance.now() - saidAt < lineEveryMs) return;
      saidAt = performance.now();
      const { published, acked } = progress;
      stream.write(
        `back-fill ${percentOf(progress)} % | ${minuteOf(progress)} | ${acked} of ${published} acknowledged\n`,
      );
    },
    stop: () => undefined,
  };
};

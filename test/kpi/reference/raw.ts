/** A report as the reference knows it. */
export interface RawReport {
  readonly time: number;
  readonly fields: Readonly<Record<string, number>>;
}

/** What a device said, put in order; what it said twice of one instant is one. */
export class Series {
  readonly reports: readonly RawReport[];
  readonly silenceMs: number;
  private readonly times: readonly number[];

  constructor(came: readonly RawReport[], silenceMs: number) {
    const byTime = new Map<number, Record<string, number>>();
    for (const { time, fields } of came) byTime.set(time, { ...byTime.get(time), ...fields });
    this.reports = [...byTime].map(([time, fields]) => ({ time, fields })).sort((a, b) => a.time - b.time);
    this.times = this.reports.map(({ time }) => time);
    this.silenceMs = silenceMs;
  }

  /** Only the reports that carry a field. */
  with(field: string): Series {
    return new Series(
      this.reports.filter(({ fields }) => fields[field] !== undefined),
      this.silenceMs,
    );
  }

  /** The report that holds at an instant: the last one, unless it is older than the maximum silence. */
  at(time: number): RawReport | undefined {
    const report = this.reports[this.countUntil(time) - 1];
    return report !== undefined && time - report.time < this.silenceMs ? report : undefined;
  }

  /** Instants within a span at which the state may change: a report comes, or the last one is too old. */
  edgesIn({ from, to }: Span): readonly number[] {
    return [0, this.silenceMs].flatMap((laterMs) =>
      this.times
        .slice(this.countUntil(from - laterMs), this.countUntil(to - laterMs))
        .map((time) => time + laterMs),
    );
  }

  /** How many reports there are up to an instant. */
  private countUntil(time: number): number {
    return countUntil(this.times, time);
  }
}

/** How many of some ascending times are up to an instant. */
export const countUntil = (times: readonly number[], time: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
};

export interface Span {
  readonly from: number;
  readonly to: number;
}

const minuteMs = 60_000;

/** A span minute by minute, each cut where a state may change. */
export function* pieces({ from, to }: Span, edges: readonly number[]): Generator<Span> {
  const sorted = [...new Set(edges)].sort((a, b) => a - b);
  let place = 0;
  for (let start = from; start < to; start += minuteMs) {
    const end = Math.min(start + minuteMs, to);
    while ((sorted[place] ?? Number.POSITIVE_INFINITY) <= start) place++;
    let at = start;
    for (let edge = sorted[place]; edge !== undefined && edge < end; edge = sorted[++place]) {
      yield { from: at, to: edge };
      at = edge;
    }
    yield { from: at, to: end };
  }
}

/** Sum of what a device says over the pieces of a span. */
export const integrate = (span: Span, series: Series, rate: (time: number) => number): number => {
  let sum = 0;
  for (const piece of pieces(span, series.edgesIn(span))) sum += rate(piece.from) * (piece.to - piece.from);
  return sum;
};

/** How long a device is known. */
export const knownMs = (span: Span, series: Series): number =>
  integrate(span, series, (time) => (series.at(time) === undefined ? 0 : 1));

/** Spans of at most a quarter hour, from quarter to quarter. */
export const quartersOf = ({ from, to }: Span): readonly Span[] => {
  const quarterMs = 15 * minuteMs;
  const quarters: Span[] = [];
  for (let start = from; start < to; start += quarterMs) {
    quarters.push({ from: start, to: Math.min(to, start + quarterMs) });
  }
  return quarters;
};

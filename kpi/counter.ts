/** A reading of a counter. */
export interface Reading {
  readonly time: number;
  readonly value: number;
}

/** What a counter counted between two readings that stand. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** What was made of a reading that does not simply follow the one before it. */
export interface Remark {
  readonly time: number;
  /** `reset`: counted from zero; `dip`: noise, ignored; `strange`: a wrong reading, ignored, or a new series. */
  readonly kind: 'reset' | 'dip' | 'strange';
}

export interface CounterRule {
  /** More than this in a second is no count … */
  readonly perSecondMax: number;
  /** … unless it is no more than this. */
  readonly amountMin: number;
}

export const anyCount: CounterRule = { perSecondMax: Number.POSITIVE_INFINITY, amountMin: 0 };

/**
 * For how long a counter that fell may come back. Not for ever: what is made of a reading must not depend on readings
 * long before it, which windows that are made again do not look at.
 */
const returnMsMax = 1_800_000;

/** A drop under this share of the last value is a reset. */
const resetShare = 0.9;

/** A wrong counter for some time: what it showed before it fell, and what was counted since. */
interface Fallen {
  readonly before: Reading;
  /** When it fell. */
  readonly at: number;
  readonly counted: number;
}

/**
 * A counter by its readings in order of time. A reading is settled when the two after it are known, because only they
 * tell a wrong reading from a reset:
 * - it rises: the difference is counted. Where the next two are both below it and not below the one before it, or the
 *   next one rose far less, it was wrong. A rise beyond the rule is wrong, or begins a new series (a meter was
 *   replaced) when the next one goes on from it, or takes up what the counter had before it fell half an hour ago at most;
 * - it falls to under 90 %: where the next one is back, it was wrong; else the counter was reset and counts from zero,
 *   or is a new series where that is beyond the rule. With nothing after it, it waits;
 * - it falls by less: noise, ignored.
 */
export class Counter {
  readonly steps: Step[] = [];
  readonly remarks: Remark[] = [];
  private readonly rule: CounterRule;
  /** Two readings that wait for the next one. */
  private first: Reading | undefined;
  private second: Reading | undefined;
  private base: Reading | undefined;
  private fallen: Fallen | undefined;

  constructor(rule: CounterRule = anyCount) {
    this.rule = rule;
  }

  push(reading: Reading): void {
    const { first, second } = this;
    if (first === undefined) this.first = reading;
    else if (second === undefined) this.second = reading;
    else {
      this.settle(first, second, reading);
      this.first = second;
      this.second = reading;
    }
  }

  /** Settles what waits, as far as it can be told without knowing what comes. Nothing may be pushed afterwards. */
  finish(): void {
    const { first, second } = this;
    if (first !== undefined) this.settle(first, second, undefined);
    if (second !== undefined) this.settle(second, undefined, undefined);
    this.first = undefined;
    this.second = undefined;
  }

  private settle(reading: Reading, next: Reading | undefined, after: Reading | undefined): void {
    const { base } = this;
    if (base === undefined) this.base = reading;
    else if (reading.value >= base.value) this.rise(base, reading, next, after);
    else if (reading.value >= resetShare * base.value) this.remark(reading, 'dip');
    else this.fall(base, reading, next);
  }

  private rise(base: Reading, reading: Reading, next: Reading | undefined, after: Reading | undefined): void {
    if (this.isPossible(base, reading, reading.value - base.value)) {
      if (isSpike(base, reading, next, after)) this.remark(reading, 'strange');
      else this.count(base, reading, reading.value - base.value);
      return;
    }
    this.remark(reading, 'strange');
    if (next === undefined || next.value < reading.value) return;
    const { fallen } = this;
    this.fallen = undefined;
    if (fallen !== undefined && this.isReturn(fallen, reading)) {
      const amount = reading.value - fallen.before.value - fallen.counted;
      this.steps.push({ from: base.time, to: reading.time, amount: Math.max(0, amount) });
    }
    this.base = reading;
  }

  private fall(base: Reading, reading: Reading, next: Reading | undefined): void {
    if (next === undefined || isBack(base, reading, next)) {
      this.remark(reading, 'strange');
      return;
    }
    const counted = this.isPossible(base, reading, reading.value) ? reading.value : 0;
    this.remark(reading, counted === reading.value ? 'reset' : 'strange');
    this.steps.push({ from: base.time, to: reading.time, amount: counted });
    this.fallen = { before: base, at: reading.time, counted };
    this.base = reading;
  }

  private count(base: Reading, reading: Reading, amount: number): void {
    this.steps.push({ from: base.time, to: reading.time, amount });
    this.base = reading;
    const { fallen } = this;
    if (fallen !== undefined) this.fallen = { ...fallen, counted: fallen.counted + amount };
  }

  private isReturn({ before, at }: Fallen, reading: Reading): boolean {
    const amount = reading.value - before.value;
    return amount >= 0 && reading.time - at <= returnMsMax && this.isPossible(before, reading, amount);
  }

  private isPossible(from: Reading, to: Reading, amount: number): boolean {
    const { amountMin, perSecondMax } = this.rule;
    return amount <= amountMin || amount <= (perSecondMax * (to.time - from.time)) / 1000;
  }

  private remark({ time }: Reading, kind: Remark['kind']): void {
    this.remarks.push({ time, kind });
  }
}

/** The reading after a fall is near what was there before it, and nearer than to where it fell. */
const isBack = (base: Reading, reading: Reading, next: Reading): boolean =>
  next.value >= resetShare * base.value && next.value - reading.value >= base.value - next.value;

/** A rise so many times that of the next reading is not believed: a clock that was wrong puts readings between others. */
const jumpMin = 10;

/**
 * The next reading lies below it and near the one before it, not near zero as after a reset; and so does the one after
 * that, or else it rose far more than the next one. To leave out a good reading costs nothing: the next one counts it.
 */
const isSpike = (
  base: Reading,
  reading: Reading,
  next: Reading | undefined,
  after: Reading | undefined,
): boolean => {
  if (next === undefined || after === undefined) return false;
  if (next.value >= reading.value || next.value < base.value || next.value >= 2 * base.value) return false;
  const isLower = after.value < reading.value && after.value >= base.value;
  return isLower || reading.value - base.value > jumpMin * (next.value - base.value);
};

/** From `from` on a value has this colour; the first step has no `from`. */
export interface Step {
  readonly color: string;
  readonly from?: number;
}

/** Where a person would act. A figure that asks for nothing has one colour: see `informative`. */
export type Thresholds = readonly [Step, ...Step[]];

const good = 'green';
const soon = 'orange';
const bad = 'red';

/** Nothing to do, whatever the value. */
export const informative: Thresholds = [{ color: 'blue' }];

/** Look at it from `watch`, act from `act`. Where both are one, there is no step between. */
export const above = (watch: number, act: number): Thresholds => [
  { color: good },
  ...(watch < act ? [{ color: soon, from: watch }] : []),
  { color: bad, from: act },
];

/** Look at it below `watch`, act below `act`. */
export const below = (watch: number, act: number): Thresholds => [
  { color: bad },
  ...(act < watch ? [{ color: soon, from: act }] : []),
  { color: good, from: watch },
];

/** Act below `low` and from `high`. */
export const within = (low: number, high: number): Thresholds => [
  { color: bad },
  { color: good, from: low },
  { color: bad, from: high },
];

/** What `--faults` takes. */
export const faultNames = [
  'skew',
  'counter-reset',
  'silence',
  'garbage',
  'duplicate',
  'reorder',
  'disconnect',
] as const;
export type FaultName = (typeof faultNames)[number];

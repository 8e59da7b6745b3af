/** Words for a place that is taken or free, as codecs write them. A word for "not known" tells nothing. */
export const presenceWords = {
  occupied: 1,
  taken: 1,
  trigger: 1,
  triggered: 1,
  motion: 1,
  detected: 1,
  present: 1,
  yes: 1,
  true: 1,
  vacant: 0,
  unoccupied: 0,
  free: 0,
  idle: 0,
  normal: 0,
  'no motion': 0,
  absent: 0,
  no: 0,
  false: 0,
  unknown: Number.NaN,
} as const;

/** Words for light: no illuminance, and no fault either. */
export const lightWords = {
  dark: Number.NaN,
  dim: Number.NaN,
  light: Number.NaN,
  bright: Number.NaN,
  disable: Number.NaN,
  unknown: Number.NaN,
} as const;

import { toNumber } from '../../measure.ts';
import { fromEpochSeconds } from '../../time.ts';

/** What collectd wrote: `undefined` stands for a value that it does not know (`U`, `nan`). */
export interface CollectdValues {
  readonly time: number | undefined;
  readonly values: readonly (number | undefined)[];
}

const unknownValues = new Set(['u', 'nan', '-nan']);

/** `epoch:value[:value…]`, with `N` for now [collectd, plain text protocol: PUTVAL]; `undefined` where it is not. */
export const readValues = (text: string): CollectdValues | undefined => {
  const [stamp = '', ...words] = text.split(':', 17);
  const seconds = stamp === 'N' ? undefined : toNumber(stamp);
  if ((seconds === undefined && stamp !== 'N') || words.length === 0 || words.length > 16) return undefined;
  const values: (number | undefined)[] = [];
  for (const word of words) {
    const value = toNumber(word);
    if (value === undefined && !unknownValues.has(word.trim().toLowerCase())) return undefined;
    values.push(value);
  }
  return { time: seconds === undefined || seconds <= 0 ? undefined : fromEpochSeconds(seconds), values };
};

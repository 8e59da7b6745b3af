import { quoteIdentifier } from './quote.ts';

/** A numeric InfluxQL expression, and which fields (or columns of a subquery) it reads. */
export interface Expression<N extends string = string> {
  readonly text: string;
  readonly reads: readonly N[];
}

const call = <N extends string>(name: string, field: N, ...rest: string[]): Expression<N> => ({
  text: `${name}(${[quoteIdentifier(field), ...rest].join(', ')})`,
  reads: [field],
});

/** A value as it was stored: points one by one. */
export const raw = <N extends string>(field: N): Expression<N> => ({
  text: quoteIdentifier(field),
  reads: [field],
});

export const mean = <N extends string>(field: N): Expression<N> => call('mean', field);
export const last = <N extends string>(field: N): Expression<N> => call('last', field);
export const max = <N extends string>(field: N): Expression<N> => call('max', field);
export const min = <N extends string>(field: N): Expression<N> => call('min', field);
export const sum = <N extends string>(field: N): Expression<N> => call('sum', field);
export const count = <N extends string>(field: N): Expression<N> => call('count', field);

/** What a counter grew by over the whole range; `growth` for windows. */
export const spread = <N extends string>(counter: N): Expression<N> => call('spread', counter);

/** @param rank 0 to 100 */
export const percentile = <N extends string>(field: N, rank: number): Expression<N> =>
  call('percentile', field, String(rank));

/**
 * What a counter grew by from one window to the next. Takes the highest value of each window, so that one wrong
 * low reading does not count the whole total again; a reset counts as nothing.
 */
export const growth = <N extends string>(counter: N): Expression<N> => ({
  text: `non_negative_difference(${max(counter).text})`,
  reads: [counter],
});

/** How fast a counter grew, a second. */
export const growthPerSecond = <N extends string>(counter: N): Expression<N> => ({
  text: `non_negative_derivative(${max(counter).text}, 1s)`,
  reads: [counter],
});

/** `factor` is written out in full: InfluxQL knows no exponents. */
export const times = <N extends string>(expression: Expression<N>, factor: number): Expression<N> => ({
  text: `${expression.text} * ${decimal(factor)}`,
  reads: expression.reads,
});

export const plus = <N extends string>(...terms: readonly Expression<N>[]): Expression<N> => ({
  text: `(${terms.map((term) => term.text).join(' + ')})`,
  reads: terms.flatMap((term) => term.reads),
});

export const minus = <N extends string>(from: Expression<N>, what: Expression<N>): Expression<N> => ({
  text: `(${from.text} - ${what.text})`,
  reads: [...from.reads, ...what.reads],
});

/** A part over a whole. */
export const ratio = <N extends string>(part: Expression<N>, whole: Expression<N>): Expression<N> => ({
  text: `${part.text} / ${whole.text}`,
  reads: [...part.reads, ...whole.reads],
});

/** Per cent that a part is of a whole; 0 where the whole is 0. */
export const percentOf = <N extends string>(part: Expression<N>, whole: Expression<N>): Expression<N> => ({
  text: `100.0 * ${part.text} / ${whole.text}`,
  reads: [...part.reads, ...whole.reads],
});

/** What is left of 100 % after some parts of a whole. */
export const restOf = <N extends string>(
  whole: Expression<N>,
  ...parts: readonly Expression<N>[]
): Expression<N> => ({
  text: `100.0 - 100.0 * ${plus(...parts).text} / ${whole.text}`,
  reads: [...parts.flatMap((part) => part.reads), ...whole.reads],
});

const decimal = (value: number): string => {
  const text = value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 12 });
  return text.includes('.') ? text : `${text}.0`;
};

import { type Token, tokenise } from './token.ts';

export interface Comparison {
  readonly tag: string;
  readonly value: Token;
}

/** What a SELECT reads and writes: enough to hold it against the model, no more. */
export interface ParsedSelect {
  readonly from: string | ParsedSelect;
  /** Fields, tags or inner columns that its columns are made of. */
  readonly reads: readonly string[];
  /** Those that stand as they are, without a function or a name of their own: tags beside a value. */
  readonly told: readonly string[];
  /** Names that its columns bear. */
  readonly columns: readonly string[];
  readonly where: readonly Comparison[];
  readonly hasTimeFilter: boolean;
  readonly by: readonly string[];
  /** Makes a row for each window of the range, even where it has no data. */
  readonly filled: boolean;
}

/** Reads the SELECT of a panel, or `undefined` where it is none that this project would write. */
export const parseSelect = (text: string): ParsedSelect | undefined => {
  const tokens = tokenise(text);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  const select = readSelect(reader);
  return reader.peek() === undefined ? select : undefined;
};

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  take(...words: readonly string[]): boolean {
    const matches = words.every((word, index) => this.#tokens[this.#at + index]?.text === word);
    if (matches) this.#at += words.length;
    return matches;
  }

  next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at++;
    return token;
  }

  /** Everything up to one of these words, or to the bracket that closes what is around it. */
  until(...words: readonly string[]): Token[] {
    const taken: Token[] = [];
    let depth = 0;
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (depth === 0 && (token.text === ')' || (token.kind === 'word' && words.includes(token.text)))) break;
      if (token.text === '(') depth++;
      if (token.text === ')') depth--;
      taken.push(token);
      this.#at++;
    }
    return taken;
  }
}

const readSelect = (reader: Reader): ParsedSelect | undefined => {
  if (!reader.take('select')) return undefined;
  const columns = reader.until('from');
  if (!reader.take('from')) return undefined;
  const from = readSource(reader);
  if (from === undefined) return undefined;
  const where = reader.take('where') ? reader.until('group', 'order', 'limit', 'tz') : [];
  const grouping = reader.take('group', 'by') ? reader.until('order', 'limit', 'tz') : [];
  reader.until('tz');
  if (reader.take('tz')) {
    const zone = [reader.take('('), reader.next()?.kind === 'string', reader.take(')')];
    if (zone.includes(false)) return undefined;
  }
  return {
    from,
    ...namesOf(columns, where),
    where: comparisons(where),
    hasTimeFilter: where.some(({ kind, text }) => kind === 'variable' && text === '$timeFilter'),
    by: names(grouping),
    filled: isFilled(grouping),
  };
};

/** `fill(null)` is what InfluxDB does where a query by windows does not say. */
const isFilled = (grouping: readonly Token[]): boolean => {
  const fill = grouping.findIndex(({ kind, text }) => kind === 'word' && text === 'fill');
  const windowed = grouping.some(({ kind, text }) => kind === 'word' && text === 'time');
  return windowed && grouping[fill + 2]?.text !== 'none';
};

const readSource = (reader: Reader): string | ParsedSelect | undefined => {
  if (!reader.take('(')) {
    const token = reader.next();
    return token !== undefined && isName(token) ? token.text : undefined;
  }
  const inner = readSelect(reader);
  return reader.take(')') ? inner : undefined;
};

const isName = (token: Token): boolean => token.kind === 'identifier' || token.kind === 'word';

/** Names among expressions: not the functions (a bracket follows), not what stands after AS. */
const names = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token, index) => {
    const isFunction = tokens[index + 1]?.text === '(';
    const isAlias = tokens[index - 1]?.text === 'as';
    const isArgument =
      ['fill', 'time'].includes(tokens[index - 2]?.text ?? '') && tokens[index - 1]?.text === '(';
    return !isName(token) || isFunction || isAlias || isArgument || token.text === 'as' ? [] : [token.text];
  });

/** A comparison with a number reads a field or a column, for tags are text. */
const numeric = (where: readonly Token[]): string[] =>
  where.flatMap((token, index) =>
    isName(token) &&
    token.text !== 'time' &&
    operators.includes(where[index + 1]?.text ?? '') &&
    where[index + 2]?.kind === 'number'
      ? [token.text]
      : [],
  );

const namesOf = (
  tokens: readonly Token[],
  where: readonly Token[],
): Pick<ParsedSelect, 'reads' | 'told' | 'columns'> => ({
  told: tokens.flatMap((token, index) => {
    const alone = tokens[index - 1]?.text === ',' && [undefined, ','].includes(tokens[index + 1]?.text);
    return alone && isName(token) ? [token.text] : [];
  }),
  reads: [...names(tokens), ...numeric(where)],
  columns: tokens.flatMap((token, index) => (tokens[index - 1]?.text === 'as' ? [token.text] : [])),
});

const operators = ['=', '!=', '<>', '=~', '!~', '<', '>', '<=', '>='];

const comparisons = (tokens: readonly Token[]): Comparison[] =>
  tokens.flatMap((token, index) => {
    const value = tokens[index + 2];
    const compares = operators.includes(tokens[index + 1]?.text ?? '');
    return isName(token) &&
      token.text !== 'time' &&
      compares &&
      value !== undefined &&
      value.kind !== 'number'
      ? [{ tag: token.text, value }]
      : [];
  });

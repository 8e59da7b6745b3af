export type TokenKind = 'identifier' | 'string' | 'regex' | 'variable' | 'word' | 'number' | 'mark';

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes; of a word in lower case. */
  readonly text: string;
}

/** In the order in which they are tried; a regular expression may hold a variable, so it comes first. */
const patterns: readonly (readonly [TokenKind | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['identifier', /"((?:[^"\\]|\\.)*)"/y],
  ['string', /'((?:[^'\\]|\\.)*)'/y],
  ['variable', /\$(?:\{[^}]+\}|\w+)/y],
  ['number', /\d+(?:\.\d+)?\w*/y],
  ['word', /[A-Za-z_]\w*/y],
  ['mark', /=~|!~|!=|<>|<=|>=|[-+*/%=<>(),.:;]/y],
];
const regex = /\/((?:[^/\\]|\\.)*)\//y;

/** The words of an InfluxQL text as a board holds it, or `undefined` where something in it is none. */
export const tokenise = (text: string): Token[] | undefined => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const found = next(text, at, tokens.at(-1));
    if (found === undefined) return undefined;
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: found.text });
    at = found.end;
  }
  return tokens;
};

/** A slash begins a regular expression after `=~` and `!~` and FROM; elsewhere it divides. */
const next = (text: string, at: number, before: Token | undefined) => {
  const tried = ['=~', '!~', 'from'].includes(before?.text ?? '')
    ? [['regex', regex] as const, ...patterns]
    : patterns;
  for (const [kind, pattern] of tried) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const value = match[1] ?? match[0];
    return { kind, text: kind === 'word' ? value.toLowerCase() : value, end: pattern.lastIndex };
  }
  return undefined;
};

/** Where the value of an entity is in the payload of its state topic. */
export interface ValuePath {
  /** Keys and positions from the root of the JSON; `undefined` where the payload itself is the value. */
  readonly path: readonly string[] | undefined;
  readonly factor: number;
}

const token =
  /\s*(?:(?<root>value_json|value)\b|\.get\(\s*(?:'(?<got>[^']*)'|"(?<gotten>[^"]*)")\s*(?:,[^()]*)?\)|\.(?<key>\w+)|\[\s*(?:'(?<quoted>[^']*)'|"(?<double>[^"]*)"|(?<index>\d+))\s*\]|\|\s*(?<filter>\w+)\s*(?:\(\s*(?<argument>[^()]*?)\s*\))?|(?<sign>[*/])\s*(?<number>\d+(?:\.\d+)?)|(?<bracket>[()]))/y;

/** Filters that do not change what a figure says. */
const harmless = new Set(['float', 'int', 'round', 'default', 'd', 'is_defined', 'lower', 'string', 'trim']);
const keysMax = 8;

/**
 * The simple forms of a value template: `{{ value }}`, `{{ value_json.a['b'][0] }}`, each with filters that do not
 * change the figure and with a factor (`| float / 10`). `undefined` where a template does more: it is not run here.
 */
export const parseTemplate = (template: string): ValuePath | undefined => {
  const inner = /^\s*\{\{-?([^{}]{1,200}?)-?\}\}\s*$/.exec(template)?.[1]?.trimEnd();
  if (inner === undefined) return undefined;
  const keys: string[] = [];
  let root: string | undefined;
  let factor = 1;
  token.lastIndex = 0;
  while (token.lastIndex < inner.length) {
    const groups = token.exec(inner)?.groups;
    if (groups === undefined) return undefined;
    if (groups.root !== undefined) {
      if (root !== undefined) return undefined;
      root = groups.root;
    }
    const key = keyOf(groups);
    if (key !== undefined) keys.push(key);
    const multiplied = factorOf(groups);
    if (multiplied === undefined) return undefined;
    factor *= multiplied;
  }
  if (root === undefined || keys.length > keysMax || (root === 'value') !== (keys.length === 0))
    return undefined;
  return { path: root === 'value' ? undefined : keys, factor };
};

type Groups = Readonly<Record<string, string | undefined>>;

const keyOf = ({ key, got, gotten, quoted, double, index }: Groups): string | undefined =>
  key ?? got ?? gotten ?? quoted ?? double ?? index;

/** What a part of the template multiplies by; `undefined` where it changes the value in another way. */
const factorOf = ({ filter, argument, sign, number }: Groups): number | undefined => {
  if (sign !== undefined) return sign === '*' ? Number(number) : 1 / Number(number);
  if (filter === undefined || harmless.has(filter)) return 1;
  const multiplies = filter === 'multiply' && argument !== undefined && /^\d+(?:\.\d+)?$/.test(argument);
  return multiplies ? Number(argument) : undefined;
};

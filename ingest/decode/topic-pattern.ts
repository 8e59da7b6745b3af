/** Captured parts of a topic by name, or `undefined` where the pattern does not fit. */
export type TopicMatcher = (topic: string) => Readonly<Record<string, string>> | undefined;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Compiles a pattern of `definition.ts`: `{name}` is one level or a part of one, `{name...}` one or more levels.
 * @throws Error on a pattern that names a capture twice; patterns are code, not input
 */
export const compileTopic = (pattern: string): TopicMatcher => {
  const names: string[] = [];
  const source = pattern.replace(/\{(\w+)(\.\.\.)?\}|[^{]+/g, (part, name?: string, rest?: string) => {
    if (name === undefined) return literal(part);
    if (names.includes(name)) throw new Error(`topic pattern ${pattern} names {${name}} twice`);
    names.push(name);
    return rest === undefined ? '([^/]+)' : '(.+)';
  });
  const expression = new RegExp(`^${source}$`, 'u');
  return (topic) => {
    const match = expression.exec(topic);
    if (match === null) return undefined;
    const captures: Record<string, string> = {};
    for (const [index, name] of names.entries()) captures[name] = match[index + 1] ?? '';
    return captures;
  };
};

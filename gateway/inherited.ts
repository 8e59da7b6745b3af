import type { Aedes, Client } from 'aedes';

/**
 * aedes keeps clients and subscriptions in plain objects under names that clients choose, so that one who calls
 * itself "constructor" would be taken for a function and end the process. Without a prototype they have no names
 * but their own. Private to aedes, whose version is pinned; a test holds it.
 */
export const ownNamesOnly = (holder: Aedes | Client, ...properties: readonly string[]): void => {
  for (const property of properties) {
    const names: unknown = Reflect.get(holder, property);
    if (typeof names === 'object' && names !== null) Object.setPrototypeOf(names, null);
  }
};

import { ApertoError } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { toInfluxQL } from '../queries/influxql.ts';
import type { Query } from '../queries/query.ts';
import { quoteIdentifier, quoteString } from '../queries/quote.ts';
import type { VariableName } from '../queries/variable.ts';

/** Ids that a tag must be one of, or must not be. */
export type Binding = readonly string[] | { readonly not: readonly string[] };
export type Bindings = Readonly<Partial<Record<VariableName, Binding>>>;

/**
 * The text of a query for an alert, which has no variables and no range of a board. It holds no `$` at all: some
 * versions of Grafana replace those in provisioning files by their environment, others do not.
 * @param looksBackS how far before now it reads
 * @throws ApertoError `config` for a variable that is not bound
 */
export const bind = (query: Query, site: Site, looksBackS: number, bindings: Bindings = {}): string =>
  toInfluxQL(query.select, site.timezone, {
    timeFilter: `time > now() - ${looksBackS}s`,
    interval: '1m',
    chosen: (tag, variable) => {
      const binding = variable === 'site' ? [site.id] : bindings[variable];
      if (binding === undefined)
        throw new ApertoError('config', `an alert has no value for "${variable}"; bind it`);
      return among(quoteIdentifier(tag), binding);
    },
  });

const among = (tag: string, binding: Binding): string => {
  if ('not' in binding) {
    const others = binding.not.map((id) => `${tag} != ${quoteString(id)}`);
    return `(${others.length === 0 ? `${tag} != ''` : others.join(' AND ')})`;
  }
  // Nobody is called '': where a site has no such device, the query finds nothing.
  const ids = binding.length === 0 ? [''] : binding;
  return `(${ids.map((id) => `${tag} = ${quoteString(id)}`).join(' OR ')})`;
};

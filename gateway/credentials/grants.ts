import type { Device, Site } from '../../model/site.ts';
import { buildTopic, topicPrefix } from '../../model/topic.ts';
import { everything } from '../identity.ts';
import { isTopicFilter } from '../topic-filter.ts';
import type { UserCredential } from './schema.ts';

export type Grants = Pick<UserCredential, 'publish' | 'subscribe'>;

/** First levels that a name of a device must not open, whatever the site file calls it. */
const families =
  'aperto application cmnd collectd gateway homeassistant homie hooks merakimv meraki node owrtwifi ' +
  'shellies spBv1.0 stat status tele unifi v3 zigbee2mqtt';
const reserved: ReadonlySet<string> = new Set(families.split(' '));

/**
 * Topics by which a device that bears a vendor's name speaks in one of the formats that Aperto reads. Its own name
 * stands in each of them as whole levels, so that it speaks of itself alone.
 */
const vendorTopics = (name: string): Grants => {
  const own = reserved.has(name.split('/')[0] ?? '') || name.startsWith('$') ? [] : [`${name}/#`];
  const under = (...heads: readonly string[]): string[] => heads.map((head) => `${head}/${name}/#`);
  const sparkplug = sparkplugTopics(name);
  return {
    publish: [
      ...own,
      ...under('shellies', 'tele', 'stat', 'collectd', 'homie', 'homie/5', 'node', 'zigbee2mqtt'),
      ...(name.startsWith('shelly') ? ['shellies/announce'] : []),
      ...sparkplug.publish,
    ],
    subscribe: [
      ...own,
      ...under('shellies', 'cmnd', 'homie', 'homie/5'),
      ...(name.startsWith('shelly') ? ['shellies/command'] : []),
      ...sparkplug.subscribe,
    ],
  };
};

/** `{group}/{node}` or `{group}/{node}/{device}` [Sparkplug 3.0.0 §4]; a node hears the host and its commands. */
const sparkplugTopics = (name: string): Grants => {
  const [group, node, device, ...rest] = name.split('/');
  if (group === undefined || node === undefined || rest.length > 0) return { publish: [], subscribe: [] };
  const of = (type: string, tail: string): string => `spBv1.0/${group}/${type}/${node}${tail}`;
  const types = ['NBIRTH', 'NDEATH', 'NDATA', 'DBIRTH', 'DDEATH', 'DDATA'];
  return {
    publish: types.map((type) => of(type, type.startsWith('D') ? `/${device ?? '+'}` : '')),
    subscribe: [of('NCMD', ''), of('DCMD', `/${device ?? '+'}`), 'spBv1.0/STATE/+'],
  };
};

/** The name by which a device's identity begins in topics: what follows may be a part of it, `…/presencezone:200`. */
const namesOf = (identity: string): readonly string[] => {
  const [first = '', ...rest] = identity.split('/');
  return rest.length > 0 && first.startsWith('shelly') ? [first] : [identity];
};

const only = (filters: readonly string[]): string[] =>
  [...new Set(filters)].filter(isTopicFilter).slice(0, 100);

/** What a device of a site file may do: speak in its own name, and hear what is said to it. */
export const deviceGrants = (site: Site, { id, kind, sources = [] }: Device): Grants => {
  const vendor = sources.flatMap(namesOf).map(vendorTopics);
  return {
    publish: only([
      buildTopic({ site: site.id, kind, device: id }),
      buildTopic({ site: site.id, kind: 'status', device: id }),
      ...vendor.flatMap(({ publish }) => publish),
    ]),
    subscribe: only([
      `${buildTopic({ site: site.id, kind, device: id })}/#`,
      ...vendor.flatMap(({ subscribe }) => subscribe),
    ]),
  };
};

/** Hears all of a site, says nothing. */
export const dashboardGrants = (site: string): Grants => ({
  publish: [],
  subscribe: [`${topicPrefix}/${site}/#`],
});

export const adminGrants: Grants = { publish: [...everything.publish], subscribe: [...everything.subscribe] };

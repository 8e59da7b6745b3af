import { limits } from './limits.ts';

/** Kinds of native devices: the fourth level of `aperto/1/{site}/{kind}/{device}`. */
export const kinds = ['seat', 'counter', 'access-point', 'probe', 'meter', 'weather', 'status'] as const;
export type Kind = (typeof kinds)[number];
/** Kinds that a site file places on its plan; `status` speaks about any of them. */
export const placedKinds = ['seat', 'counter', 'access-point', 'probe', 'meter', 'weather'] as const;
export type PlacedKind = (typeof placedKinds)[number];

export interface NativeTopic {
  readonly site: string;
  readonly kind: Kind;
  readonly device: string;
}

export const topicPrefix = 'aperto/1';

/** Site and device identifiers: safe in a topic, a URL, a file name and a tag. */
export const identifierPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const isKind = (value: string): value is Kind => (kinds as readonly string[]).includes(value);

/** `aperto/1/{site}/{kind}/{device}` */
export const buildTopic = ({ site, kind, device }: NativeTopic): string =>
  `${topicPrefix}/${site}/${kind}/${device}`;

/** Devices say the same topic again and again: what it meant is remembered, up to so many. */
const parsed = new Map<string, NativeTopic | undefined>();
const parsedMax = 20_000;

/** The parts of a native topic, or `undefined` where the topic is not one of ours. */
export const parseTopic = (topic: string): NativeTopic | undefined => {
  if (topic.length > limits.topicBytesMax) return undefined;
  const known = parsed.get(topic);
  if (known !== undefined || parsed.has(topic)) return known;
  if (parsed.size >= parsedMax) parsed.clear();
  const made = readTopic(topic);
  parsed.set(topic, made);
  return made;
};

const readTopic = (topic: string): NativeTopic | undefined => {
  const [name, version, site, kind, device, ...rest] = topic.split('/');
  if (`${name}/${version}` !== topicPrefix || rest.length > 0) return undefined;
  if (site === undefined || kind === undefined || device === undefined) return undefined;
  if (!identifierPattern.test(site) || !identifierPattern.test(device) || !isKind(kind)) return undefined;
  return { site, kind, device };
};

const hookPrefix = 'hooks/';

/** What came by webhook: `hooks/{source}`, or `hooks/{source}/{event}` where the sender says what it tells of. */
export const hookTopic = (source: string, event?: string): string =>
  event === undefined ? `${hookPrefix}${source}` : `${hookPrefix}${source}/${event}`;

export const isHookTopic = (topic: string): boolean => topic.startsWith(hookPrefix);

/** Filter that receives every native message of a site, or of all sites. */
export const topicFilter = (site = '+'): string => `${topicPrefix}/${site}/+/+`;

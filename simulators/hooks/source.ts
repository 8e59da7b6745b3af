import { ApertoError } from '../../model/errors.ts';

/** Who posts: network servers, controllers, clouds and context brokers. */
const hookSources = ['chirpstack', 'tts', 'meraki', 'unifi', 'ngsi'] as const;
export type HookSource = (typeof hookSources)[number];

/**
 * The source of a hook topic.
 * @throws ApertoError `internal` where it is none; topics come from the dialects
 */
export const sourceOf = (topic: string): HookSource => {
  const [, name] = topic.split('/');
  const source = hookSources.find((each) => each === name);
  if (source === undefined) throw new ApertoError('internal', `${topic} is the topic of no hook`);
  return source;
};

/** The path of a hook topic under the receiver's address. ChirpStack names its event in the query. */
export const hookPath = (topic: string): string => {
  const [, source = '', event] = topic.split('/');
  return `/hooks/${source}${event === undefined ? '' : `?event=${event}`}`;
};

import type { HookSource } from '../hooks/source.ts';
import type { Vendor } from './vendor.ts';

/** A network server that posts what it would publish. The event is the last level of the topic. */
export const hooked = (vendor: Vendor, source: HookSource, topicOf: (event: string) => string): Vendor => ({
  ...vendor,
  speak: (site) => {
    const dialect = vendor.speak(site);
    const posted = ({ topic, payload }: { topic: string; payload: string | Uint8Array }) => ({
      topic: topicOf(topic.slice(topic.lastIndexOf('/') + 1)),
      payload,
    });
    return {
      ...dialect,
      hello: (name, first) => (dialect.hello?.(name, first) ?? []).map(posted),
      encode: (name, sample) => dialect.encode(name, sample).map(posted),
      hook: () => source,
    };
  },
});

import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import type { AccessPointState } from '../state.ts';
import { addressOf, type Named, type Vendor } from './vendor.ts';

const serialOf = (site: Site, { id }: Named): string => addressOf(12, 'mikrotik', site.id, id).toUpperCase();

/**
 * MikroTik [RouterOS documentation: MQTT]: there is no format but what the owner's script writes, here one figure
 * a topic, as text, below `node/MikroTik-<serial>`. A script has no will.
 */
export const mikrotik: Vendor = {
  covers: ['access-point'],
  identities: (site, device) => [`MikroTik-${serialOf(site, device)}`],
  speak: (site): Dialect => ({
    encode: (_, { device, state }) =>
      state.kind === 'access-point' ? figuresOf(`node/MikroTik-${serialOf(site, device)}`, state) : [],
    will: () => undefined,
  }),
};

const figuresOf = (base: string, state: AccessPointState): readonly Encoded[] => [
  { topic: `${base}/wifi-clients`, payload: String(state.clients) },
  { topic: `${base}/cpu-load`, payload: String(Math.round(state.cpuPct)) },
  { topic: `${base}/uptime`, payload: uptimeText(state.uptimeS) },
];

/** `2w3d04:05:06`, as RouterOS writes a time. */
const uptimeText = (uptimeS: number): string => {
  const [weeks, days] = [Math.floor(uptimeS / 604_800), Math.floor(uptimeS / 86_400) % 7];
  const clock = [Math.floor(uptimeS / 3_600) % 24, Math.floor(uptimeS / 60) % 60, uptimeS % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${weeks > 0 ? `${weeks}w` : ''}${days > 0 ? `${days}d` : ''}${clock}`;
};

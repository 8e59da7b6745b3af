import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import type { Device, Site } from '../model/site.ts';
import type { LiveEntry } from './live.ts';
import type { SettledTime } from './normalise/time.ts';

/** A device that was heard just now. */
export interface Sighting {
  readonly site: Pick<Site, 'id'>;
  readonly device: Pick<Device, 'id' | 'zone'>;
  readonly clock: SettledTime;
}

interface Heard {
  readonly site: string;
  readonly zone: string;
  readonly device: string;
  receivedAt: number;
  clock: SettledTime;
}

/**
 * When each device was last heard, and how far its clock is off. Written once a minute as `device_health`, because
 * a device that falls silent writes nothing itself: its `last_seen_age_s` keeps growing and can raise an alert.
 */
export class Presence {
  readonly #sites = new Map<string, Map<string, Heard>>();

  note({ site, device, clock }: Sighting, receivedAt: number): void {
    const devices = this.#sites.get(site.id) ?? new Map<string, Heard>();
    this.#sites.set(site.id, devices);
    const heard = devices.get(device.id);
    if (heard === undefined) {
      devices.set(device.id, { site: site.id, zone: device.zone, device: device.id, receivedAt, clock });
      return;
    }
    // A message out of order makes no device older; one that is far behind tells that our clock was ahead.
    const wasAhead = heard.receivedAt - receivedAt > limits.timeFutureMaxMs;
    heard.receivedAt = wasAhead ? receivedAt : Math.max(heard.receivedAt, receivedAt);
    // A message without a time says nothing about the clock: what the last one said still holds.
    if (clock.skewMs !== undefined) heard.clock = clock;
  }

  /** Takes when devices were heard before this start, so that one which fell silent then is still told of. */
  restore(entries: readonly Pick<LiveEntry, 'site' | 'zone' | 'device' | 'time'>[]): void {
    for (const { site, zone, device, time } of entries) {
      if (time === undefined) continue;
      const clock = { time, trusted: false };
      const known = this.#sites.get(site)?.get(device)?.receivedAt ?? time;
      this.note({ site: { id: site }, device: { id: device, zone }, clock }, Math.max(known, time));
    }
  }

  /** One health point for each device that was ever heard. */
  report(now: number): Point[] {
    const heard = [...this.#sites.values()].flatMap((devices) => [...devices.values()]);
    return heard.map(({ site, zone, device, receivedAt, clock }) => ({
      measurement: 'device_health',
      tags: { site, zone, device },
      fields: { last_seen_age_s: Math.max(0, now - receivedAt) / 1000, ...skewFields(clock) },
      time: now,
    }));
  }
}

const skewFields = ({ skewMs, trusted }: SettledTime): Record<string, number> =>
  skewMs === undefined ? {} : { clock_skew_s: clamp(skewMs / 1000), clock_trusted: Number(trusted) };

/** Year 0001 and the like: further off than the field's limits says no more than the limit. */
const clamp = (seconds: number): number => Math.max(-1e10, Math.min(1e10, seconds));

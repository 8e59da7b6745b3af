import type { Site } from '../model/site.ts';
import { type AccessPoint, associate, radioKey } from './associations.ts';
import type { Calendar, Day } from './calendar.ts';
import { DayCache } from './day-cache.ts';
import { type Incident, incidentsOf, lastStart } from './incidents.ts';
import type { Occupancy } from './occupancy.ts';
import { type RadioCounts, RadioOfDay } from './radio.ts';
import type { Random, Seed } from './random.ts';
import { type AccessPointState, perCause, type RadioBand, type RadioState, radioBands } from './state.ts';

/** The access points' view of one day. */
interface WifiOfDay {
  incidents(accessPoint: string): readonly Incident[];
  radio(accessPoint: string, band: RadioBand): RadioOfDay;
}

/** How one band behaves without clients: neighbours on the channel, its capacity, the floor of noise. */
const traits: Readonly<
  Record<
    RadioBand,
    { busyPct: number; capacityKbitS: number; noiseDbm: number; channels: readonly [number, ...number[]] }
  >
> = {
  '2.4': { busyPct: 19, capacityKbitS: 60_000, noiseDbm: -92, channels: [1, 6, 11] },
  '5': { busyPct: 6, capacityKbitS: 400_000, noiseDbm: -94, channels: [36, 44, 52, 60, 100, 108] },
  '6': { busyPct: 2, capacityKbitS: 900_000, noiseDbm: -96, channels: [5, 37, 53, 69] },
};
const sentShare = 0.86;
/** A client keeps the air busy by itself: probes, acknowledgements, power saving. */
const busyPctPerClient = 1.3;

/** Access points with their radios. Counters run since the last start, at most a week ago. */
export class AccessPoints {
  private readonly calendar: Calendar;
  private readonly seed: Seed;
  private readonly days: DayCache<WifiOfDay>;

  constructor(site: Site, calendar: Calendar, occupancy: Occupancy, seed: Seed) {
    this.calendar = calendar;
    this.seed = seed.derive('wifi');
    this.days = new DayCache((index) => {
      const day = calendar.day(index);
      const incidents = new Map(
        site.access_points.map(({ id }) => [id, incidentsOf(id, day, this.seed)] as const),
      );
      const of = (id: string): readonly Incident[] => incidents.get(id) ?? [];
      const traffic = associate(site, day, occupancy.day(index), this.seed, of);
      const radios = new Map<string, RadioOfDay>();
      const radio = (id: string, band: RadioBand): RadioOfDay => {
        const key = radioKey(id, band);
        const known = radios.get(key) ?? new RadioOfDay(day, traffic.get(key));
        radios.set(key, known);
        return known;
      };
      return { incidents: of, radio };
    }, 12);
  }

  /** Whether an incident of a kind is under way. */
  suffers(id: string, kind: Incident['kind'], time: number): boolean {
    const incidents = this.days.get(this.calendar.at(time).index).incidents(id);
    return incidents.some(
      (incident) => incident.kind === kind && time >= incident.from && time < incident.to,
    );
  }

  /** `undefined` while the access point restarts. */
  at(accessPoint: AccessPoint, time: number): AccessPointState | undefined {
    const { id } = accessPoint;
    const start = lastStart(this.calendar, time, (index) => this.days.get(index).incidents(id));
    if (start === undefined) return undefined;
    const day = this.calendar.at(time);
    const random = this.seed.random(id, time);
    const radios: Partial<Record<RadioBand, RadioState>> = {};
    let clients = 0;
    for (const band of radioBands) {
      if (!accessPoint.bands.includes(band)) continue;
      const state = this.radio(id, band, day, time, start, random);
      radios[band] = state;
      clients += state.clients;
    }
    const uptimeS = Math.floor((time - start.time) / 1000);
    return {
      kind: 'access-point',
      clients,
      uptimeS,
      cpuPct: Math.min(100, 7 + 0.6 * clients + (uptimeS < 180 ? 45 : 0) + 2 * random.float()),
      memoryPct: 38 + 5 * (1 - Math.exp(-uptimeS / 200_000)) + 0.12 * clients + 0.5 * random.float(),
      uplinkMbitS: this.suffers(id, 'slow-uplink', time) ? 100 : 1000,
      radios,
    };
  }

  private radio(
    id: string,
    band: RadioBand,
    day: Day,
    time: number,
    start: { readonly time: number; readonly day: Day },
    random: Random,
  ): RadioState {
    const today = this.days.get(day.index).radio(id, band);
    const clients = today.clients.at(time);
    const interference = this.suffers(id, 'interference', time);
    const noAddress = this.suffers(id, 'dhcp', time);
    const { busyPct, capacityKbitS, noiseDbm, channels } = traits[band];
    const disturbance = interference ? (band === '2.4' ? 48 : 17) : 0;
    const airtime = (100 * today.kbitS.at(time)) / capacityKbitS + busyPctPerClient * clients;
    const utilizationPct = Math.min(97, Math.max(0, busyPct + airtime + disturbance + 2.5 * random.normal()));
    const counts = this.countsSince(id, band, start, day, time);
    const connecting = 260 + 900 * (utilizationPct / 100) ** 2 + (noAddress ? 4200 : 0);
    return {
      channel: this.seed.random('channel', id, band).pick(...channels),
      clients,
      clientsWeak: Math.min(clients, today.weak.at(time)),
      utilizationPct,
      noiseDbm: noiseDbm + (interference ? 11 : 0) + 0.8 * random.normal(),
      txBytes: counts.kilobytes * 1000 * sentShare,
      rxBytes: counts.kilobytes * 1000 * (1 - sentShare),
      retriesPct: Math.min(
        85,
        Math.max(0, 3 + 0.14 * utilizationPct + (interference ? 14 : 0) + random.normal()),
      ),
      connects: counts.connects,
      failures: counts.failures,
      roams: counts.roams,
      roamsSlow: counts.roamsSlow,
      ...(clients > 0 && {
        signalDbm: today.signalSum.at(time) / clients + 0.5 * random.normal(),
        timeToConnectMs: connecting * random.between(0.8, 1.3),
      }),
    };
  }

  private countsSince(
    id: string,
    band: RadioBand,
    start: { readonly time: number; readonly day: Day },
    day: Day,
    time: number,
  ): RadioCounts {
    const radioOn = (index: number): RadioOfDay => this.days.get(index).radio(id, band);
    let counts = minus(radioOn(day.index).countsAt(time), radioOn(start.day.index).countsAt(start.time));
    for (let index = start.day.index; index < day.index; index++) counts = plus(counts, radioOn(index).total);
    return counts;
  }
}

const combine = (a: RadioCounts, b: RadioCounts, sign: 1 | -1): RadioCounts => ({
  kilobytes: a.kilobytes + sign * b.kilobytes,
  connects: a.connects + sign * b.connects,
  roams: a.roams + sign * b.roams,
  roamsSlow: a.roamsSlow + sign * b.roamsSlow,
  failures: perCause((cause) => a.failures[cause] + sign * b.failures[cause]),
});
const plus = (a: RadioCounts, b: RadioCounts): RadioCounts => combine(a, b, 1);
const minus = (a: RadioCounts, b: RadioCounts): RadioCounts => combine(a, b, -1);

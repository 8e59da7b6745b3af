import type { Site } from '../model/site.ts';
import type { AccessPoints } from './access-point.ts';
import type { Seed } from './random.ts';
import type { ProbeState } from './state.ts';

/** Pings in one report. */
const pings = 20;

type Probe = Site['probes'][number];

/** Probes at the access points ask the internet how long it takes to answer. */
export class Probes {
  private readonly accessPoints: AccessPoints;
  private readonly seed: Seed;
  private readonly beside: ReadonlyMap<string, Site['access_points'][number]>;

  constructor(site: Site, accessPoints: AccessPoints, seed: Seed) {
    this.accessPoints = accessPoints;
    this.seed = seed.derive('probe');
    this.beside = new Map(site.access_points.map((accessPoint) => [accessPoint.id, accessPoint]));
  }

  at({ id, target, access_point }: Probe, time: number): ProbeState {
    const accessPoint = this.beside.get(access_point);
    const state = accessPoint === undefined ? undefined : this.accessPoints.at(accessPoint, time);
    if (state === undefined) return { kind: 'probe', target, lossPct: 100 };
    const random = this.seed.random(id, time);
    const clients = Math.min(60, state.clients);
    const disturbed = this.accessPoints.suffers(access_point, 'interference', time);
    const narrow = state.uplinkMbitS < 1000;
    const spike = random.chance(0.004) ? random.between(60, 260) : 0;
    const latencyMs =
      random.logNormal(10 + 0.12 * clients + (disturbed ? 28 : 0) + (narrow ? 9 : 0), 0.12) + spike;
    const jitterMs = random.logNormal(1.4 + 0.05 * clients + (disturbed ? 9 : 0), 0.35) + spike / 6;
    const lost = Math.min(pings, random.poisson(pings * (disturbed ? 0.05 : 0.0015)));
    const lossPct = (100 * lost) / pings;
    return { kind: 'probe', target, lossPct, ...(lost < pings && { latencyMs, jitterMs }) };
  }
}

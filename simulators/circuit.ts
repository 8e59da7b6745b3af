import type { Site } from '../model/site.ts';
import type { PhaseName } from './state.ts';

/**
 * What hangs on a meter. A site file tells feed, circuit and generation; a circuit whose English name speaks of
 * light or network carries those, any other one carries the sockets of its zone's seats.
 */
export interface Circuit {
  readonly id: string;
  readonly phases: readonly PhaseName[];
  readonly load: 'feed' | 'sockets' | 'services' | 'generation';
  /** Seats whose sockets it feeds. */
  readonly seats: ReadonlySet<string>;
  /** Its part of the site's services or of its solar panels. */
  readonly share: number;
  /** Reactive power as a line over active power, by phase: var = slope × W + offset. */
  readonly reactive: { readonly slope: number; readonly offset: number };
}

const reactives: Readonly<Record<Circuit['load'], Circuit['reactive']>> = {
  feed: { slope: 0, offset: 0 },
  sockets: { slope: -0.22, offset: -3 },
  services: { slope: 0.28, offset: 9 },
  generation: { slope: 0.03, offset: -6 },
};

export const circuitsOf = (site: Site): readonly Circuit[] => {
  const loads = site.meters.map((meter) => ({ meter, load: loadOf(meter) }));
  return loads.map(({ meter, load }) => {
    const others = loads.filter((other) => other.load === load);
    const sameZone = others.filter((other) => other.meter.zone === meter.zone);
    const turn = sameZone.findIndex((other) => other.meter.id === meter.id);
    const seats = site.seats
      .filter((seat) => seat.zone === meter.zone)
      .filter((_, index) => load === 'sockets' && index % sameZone.length === turn);
    return {
      id: meter.id,
      phases: [...new Set(meter.phases)],
      load,
      seats: new Set(seats.map((seat) => seat.id)),
      share: 1 / others.length,
      reactive: reactives[load],
    };
  });
};

const loadOf = (meter: Site['meters'][number]): Circuit['load'] => {
  if (meter.role !== 'circuit') return meter.role;
  return /light|network/i.test(meter.name.en) ? 'services' : 'sockets';
};

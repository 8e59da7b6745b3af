import { makeHealth } from './devices.ts';
import { makeGates } from './gates.ts';
import type { Made } from './made.ts';
import { makeMeters } from './meters.ts';
import type { Scope } from './scope.ts';
import { makeSeats } from './seats.ts';
import type { Source } from './source.ts';
import { makeProbes, makeWifi } from './wifi.ts';

const makers = [makeSeats, makeGates, makeWifi, makeProbes, makeMeters, makeHealth];

/** All parts that the points of a unit can have changed. */
export const makeParts = async (source: Source, scope: Scope): Promise<readonly Made[]> => {
  // The store reads for one while another is worked out.
  const made = await Promise.all(makers.map((make) => make(source, scope)));
  return made.flat();
};
